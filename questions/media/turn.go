package media

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how a camera was held, 1 (upright) to 8, by the tag 0x0112 of a JPEG's
// Exif (CIPA DC-008, 4.6.4 A); 1 where it does not say.
func orientation(jpeg []byte) int {
	for at := 2; at+4 <= len(jpeg) && jpeg[at] == 0xFF; {
		size := int(binary.BigEndian.Uint16(jpeg[at+2:]))
		if size < 2 || at+2+size > len(jpeg) || jpeg[at+1] == 0xDA {
			break
		}
		if tiff, ok := bytes.CutPrefix(jpeg[at+4:at+2+size], []byte("Exif\x00\x00")); ok && jpeg[at+1] == 0xE1 {
			return turnOf(tiff)
		}
		at += 2 + size
	}
	return 1
}

func turnOf(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	for n := int64(order.Uint16(tiff[at:])); n > 0; n-- {
		entry := at + 2 + (n-1)*12
		if entry+12 > int64(len(tiff)) || order.Uint16(tiff[entry:]) != 0x0112 {
			continue
		}
		if turned := int(order.Uint16(tiff[entry+8:])); turned >= 1 && turned <= 8 {
			return turned
		}
	}
	return 1
}

// upright turns and mirrors a picture as its orientation says.
func upright(p image.Image, turned int) image.Image {
	if turned <= 1 {
		return p
	}
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	right := image.Rect(0, 0, w, h)
	if turned >= 5 {
		right = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(right)
	for y := range h {
		for x := range w {
			tx, ty := turn(x, y, w-1, h-1, turned)
			out.Set(tx, ty, p.At(p.Bounds().Min.X+x, p.Bounds().Min.Y+y))
		}
	}
	return out
}

// turn is where a pixel of a picture goes whose last column and row are r and b.
func turn(x, y, r, b, turned int) (int, int) {
	switch turned {
	case 2:
		return r - x, y
	case 3:
		return r - x, b - y
	case 4:
		return x, b - y
	case 5:
		return y, x
	case 6:
		return b - y, x
	case 7:
		return b - y, r - x
	}
	return y, r - x
}
