package media_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"thaw/questions/media"
)

// half is a picture whose upper half is red.
func half(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.Set(x, y, color.RGBA{B: 200, A: 255})
			if y < h/2 {
				p.Set(x, y, color.RGBA{R: 200, A: 255})
			}
		}
	}
	return p
}

func pngOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// jpegOf is a JPEG, with its Exif if there is any.
func jpegOf(t testing.TB, p image.Image, exif string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	if exif == "" {
		return b.Bytes()
	}
	app1 := "\xFF\xE1\x00" + string(rune(len(exif)+2)) + exif
	return append([]byte("\xFF\xD8"+app1), b.Bytes()[2:]...)
}

// turnedExif says orientation 6 and a place, which nobody is to know.
const turnedExif = "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00secret place"

func cleaned(t testing.TB, data []byte) media.File {
	t.Helper()
	f, err := media.Clean(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCleanDrawsPicturesAgain(t *testing.T) {
	for _, c := range []struct {
		name   string
		data   []byte
		ending string
		mime   string
	}{
		{"PNG with something behind it", append(pngOf(t, half(40, 20)), "<script>"...), "-40x20.png", "image/png"},
		{"JPEG", jpegOf(t, half(40, 20), ""), "-40x20.jpg", "image/jpeg"},
		{"a camera held upright", jpegOf(t, half(40, 20), turnedExif), "-20x40.jpg", "image/jpeg"},
		{"large", pngOf(t, half(3200, 16)), "-1600x8.png", "image/png"},
	} {
		f := cleaned(t, c.data)
		if !strings.HasSuffix(f.Name, c.ending) || f.Type != c.mime {
			t.Errorf("%s: got %s, %s; want …%s, %s", c.name, f.Name, f.Type, c.ending, c.mime)
		}
		if bytes.Contains(f.Data, []byte("script")) || bytes.Contains(f.Data, []byte("secret")) {
			t.Errorf("%s: something of the file stayed", c.name)
		}
		if again := cleaned(t, c.data); again.Name != f.Name || !media.Known(f.Name, f.Data) {
			t.Errorf("%s: the same picture is another file", c.name)
		}
	}
}

// A picture taken with the camera turned to the right has its upper half on the right
// side of the file.
func TestTurned(t *testing.T) {
	f := cleaned(t, jpegOf(t, half(40, 20), turnedExif))
	p, err := jpeg.Decode(bytes.NewReader(f.Data))
	if err != nil {
		t.Fatal(err)
	}
	r, _, b, _ := p.At(18, 20).RGBA()
	if r < b {
		t.Errorf("right side: got blue, want red, the file's upper half")
	}
}

func TestMovingPicturesMove(t *testing.T) {
	g := &gif.GIF{}
	for i := range 3 {
		p := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White})
		p.SetColorIndex(i, i, 1)
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	f := cleaned(t, b.Bytes())
	again, err := gif.DecodeAll(bytes.NewReader(f.Data))
	if err != nil || len(again.Image) != 3 || f.Type != "image/gif" {
		t.Errorf("got %d pictures of %s, %v; want 3", len(again.Image), f.Type, err)
	}
}

func TestSounds(t *testing.T) {
	for _, c := range []struct{ data, mime string }{
		{"ID3\x04mp3", "audio/mpeg"}, {"\xFF\xFB\x90\x00", "audio/mpeg"}, {"OggS\x00", "audio/ogg"},
		{"RIFF\x00\x00\x00\x00WAVEfmt", "audio/wav"}, {"fLaC\x00", "audio/flac"}, {"\x00\x00\x00\x20ftypM4A ", "audio/mp4"},
	} {
		if f := cleaned(t, []byte(c.data)); f.Type != c.mime || string(f.Data) != c.data {
			t.Errorf("%q: got %s, want %s as it is", c.data, f.Type, c.mime)
		}
	}
}

func TestRefused(t *testing.T) {
	huge := pngOf(t, half(1, 1))
	copy(huge[16:], "\x00\x01\x00\x00\x00\x01\x00\x00") // says 65,536 pixels each way
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for _, c := range []struct {
		name string
		data []byte
		code string
	}{
		{"SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), "media.unknown"},
		{"HTML", []byte("<html>"), "media.unknown"},
		{"nothing", nil, "media.unknown"},
		{"many pixels", huge, "media.many_pixels"},
		{"cut off", pngOf(t, half(40, 20))[:60], "media.broken"},
		{"large", make([]byte, media.MaxBytes+1), "media.large"},
	} {
		var bad media.Error
		if _, err := media.Clean(c.data); !errors.As(err, &bad) || bad.Reason.Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add(pngOf(f, half(4, 4)))
	f.Add(jpegOf(f, half(4, 4), turnedExif))
	f.Add([]byte("ID3"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := media.Clean(data)
		if (err == nil) != (got.Name != "") {
			t.Errorf("got %q, %v", got.Name, err)
		}
	})
}
