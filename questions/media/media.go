// Package media makes what people send as pictures and sounds fit to be kept and shown:
// a picture is drawn again, so that nothing of the file stays but what can be seen.
package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strconv"
	"strings"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decoded by its name in image

	"thaw/questions"
)

// File is a picture or a sound as it is kept. Its name says what is in it: a hash, for a
// picture its size in pixels, and its kind; so the same is kept once and a page knows
// how much room it takes.
type File struct {
	Name string // 5f2b…-640x480.png
	Type string // MIME
	Data []byte
}

// Error says why a file is not taken.
type Error struct{ Reason questions.Reason }

// Error is the text for the log.
func (e Error) Error() string { return "media: " + e.Reason.Code }

func refused(code string, args ...string) error {
	return Error{questions.Reason{Code: code, Args: args}}
}

// Limits of what is taken.
const (
	MaxBytes = 12 << 20 // of a file as it is sent
	maxEdge  = 1600     // pixels: what is larger is made smaller
	maxArea  = 24 << 20 // pixels of a picture as it is sent
	maxMoves = 300      // pictures in a moving one
	quality  = 85       // of a JPEG
)

// Clean makes a file of what was sent. The same bytes give the same file. A moving
// picture keeps moving unless it is very large; a photograph stands upright and tells no
// more where it was taken. The error is an Error.
func Clean(data []byte) (File, error) {
	if len(data) > MaxBytes {
		return File{}, refused("media.large", strconv.Itoa(MaxBytes>>20))
	}
	if s, ok := sound(data); ok {
		return file(data, s, ""), nil
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return File{}, refused("media.unknown")
	}
	if size.Width < 1 || size.Height < 1 || size.Width > maxArea/size.Height {
		return File{}, refused("media.many_pixels", strconv.Itoa(maxArea>>20))
	}
	if format == "gif" {
		if f, err := moving(data, size); err == nil {
			return f, nil
		}
	}
	return still(data, format)
}

// still draws one picture again: a photograph as JPEG, all else without loss.
func still(data []byte, format string) (File, error) {
	seen, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return File{}, refused("media.broken")
	}
	turned := 1
	if format == "jpeg" {
		turned = orientation(data)
	}
	seen = fit(seen, turned)
	var b bytes.Buffer
	kind := pictureKind("png", "image/png")
	if _, photo := seen.(*image.YCbCr); photo || format == "jpeg" {
		kind = pictureKind("jpg", "image/jpeg")
		err = jpeg.Encode(&b, seen, &jpeg.Options{Quality: quality})
	} else {
		err = png.Encode(&b, seen)
	}
	if err != nil {
		return File{}, refused("media.broken")
	}
	return file(b.Bytes(), kind, sizeOf(seen.Bounds())), nil
}

// fit makes a picture upright and no larger than a page shows it.
func fit(p image.Image, turned int) image.Image {
	if longest := max(p.Bounds().Dx(), p.Bounds().Dy()); longest > maxEdge {
		w, h := p.Bounds().Dx()*maxEdge/longest, p.Bounds().Dy()*maxEdge/longest
		small := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
		draw.ApproxBiLinear.Scale(small, small.Bounds(), p, p.Bounds(), draw.Src, nil)
		p = small
	}
	return upright(p, turned)
}

// moving keeps a GIF that moves; one that does not is an error.
func moving(data []byte, size image.Config) (File, error) {
	if size.Width*size.Height > 1<<20 {
		return File{}, refused("media.many_pixels", "1")
	}
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil || len(g.Image) < 2 || len(g.Image) > maxMoves {
		return File{}, refused("media.broken")
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		return File{}, refused("media.broken")
	}
	return file(b.Bytes(), pictureKind("gif", "image/gif"), sizeOf(image.Rect(0, 0, size.Width, size.Height))), nil
}

// kept is a kind of file: how its name ends and its MIME type.
type kept struct{ ending, mime string }

func pictureKind(ending, mime string) kept { return kept{ending, mime} }

func sizeOf(r image.Rectangle) string {
	return "-" + strconv.Itoa(r.Dx()) + "x" + strconv.Itoa(r.Dy())
}

func file(data []byte, k kept, size string) File {
	sum := sha256.Sum256(data)
	return File{Name: hex.EncodeToString(sum[:16]) + size + "." + k.ending, Type: k.mime, Data: data}
}

// Known tells whether a name is one that Clean gives, of these bytes.
func Known(name string, data []byte) bool {
	sum := sha256.Sum256(data)
	return strings.HasPrefix(name, hex.EncodeToString(sum[:16]))
}

// sound finds out which kind of sound a file has. Sounds are kept as they are: they are
// played, never run.
func sound(data []byte) (kept, bool) {
	at := func(i int, sign string) bool { return len(data) > i && bytes.HasPrefix(data[i:], []byte(sign)) }
	switch {
	case at(0, "ID3"), len(data) > 2 && data[0] == 0xFF && data[1]&0xE6 == 0xE2:
		return kept{"mp3", "audio/mpeg"}, true
	case at(0, "OggS"):
		return kept{"ogg", "audio/ogg"}, true
	case at(0, "RIFF") && at(8, "WAVE"):
		return kept{"wav", "audio/wav"}, true
	case at(0, "fLaC"):
		return kept{"flac", "audio/flac"}, true
	case at(4, "ftypM4A"):
		return kept{"m4a", "audio/mp4"}, true
	}
	return kept{}, false
}
