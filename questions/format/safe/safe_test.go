package safe_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"thaw/questions/format/bundle"
	"thaw/questions/format/safe"
)

// packed makes an archive of names and contents.
func packed(t *testing.T, files ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		e, err := w.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func why(err error) string {
	var u bundle.Unreadable
	errors.As(err, &u)
	return u.Reason.Code
}

func TestZipIsReadWithinItsLimits(t *testing.T) {
	data := packed(t, [2]string{"a.txt", "hello"}, [2]string{`pictures\b.png`, "png"}, [2]string{"__MACOSX/a.txt", "x"}, [2]string{"e\u0301.txt", "e"})
	z, err := safe.Open(bundle.Of("x.zip", data), safe.Common)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(z.Names(), " "), "a.txt pictures/b.png é.txt"; got != want {
		t.Errorf("names: got %q, want %q", got, want)
	}
	if got, err := z.Read("a.txt"); err != nil || string(got) != "hello" {
		t.Errorf("a.txt: got %q, %v", got, err)
	}
	if _, err := z.Read("c.txt"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("c.txt: got %v, want that there is none", err)
	}
}

func TestHostileZips(t *testing.T) {
	bomb := packed(t, [2]string{"a", strings.Repeat("0", 3<<20)})
	many := make([][2]string, 101)
	for i := range many {
		many[i] = [2]string{fmt.Sprint(i), ""}
	}
	limits := safe.Limits{Entries: 100, Each: 1 << 20, Whole: 2 << 20}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"no archive", []byte("PK\x03\x04 nothing"), "format.zip_broken"},
		{"climbs out", packed(t, [2]string{"../a", "x"}), "format.zip_escapes"},
		{"climbs out by backslash", packed(t, [2]string{`..\a`, "x"}), "format.zip_escapes"},
		{"from the root", packed(t, [2]string{"/etc/passwd", "x"}), "format.zip_escapes"},
		{"a drive", packed(t, [2]string{"c:/a", "x"}), "format.zip_escapes"},
		{"the same twice", packed(t, [2]string{"a", "x"}, [2]string{"a", "y"}), "format.zip_broken"},
		{"many", packed(t, many...), "format.zip_entries"},
		{"link", linked(t), "format.zip_escapes"},
	} {
		if _, err := safe.Open(bundle.Of("x.zip", c.data), limits); why(err) != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	z, err := safe.Open(bundle.Of("x.zip", bomb), limits)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Read("a"); why(err) != "format.zip_large" {
		t.Errorf("bomb: got %v, want it refused while it is read", err)
	}
}

func linked(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "a"}
	h.SetMode(fs.ModeSymlink | 0o777)
	e, err := w.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Write([]byte("/etc/passwd")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXML(t *testing.T) {
	var v struct {
		A string `xml:"a"`
	}
	if err := safe.XML([]byte("\xEF\xBB\xBF<?xml version=\"1.0\"?><x><a>hi</a></x>"), &v); err != nil || v.A != "hi" {
		t.Errorf("got %q, %v", v.A, err)
	}
	for _, c := range []struct{ name, in, want string }{
		{"entities", `<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`, "format.xml_doctype"},
		{"deep", strings.Repeat("<a>", 65) + strings.Repeat("</a>", 65), "format.xml_deep"},
		{"open", "<x><a>", "format.xml_broken"},
		{"none", "hello", "format.xml_broken"},
		{"unknown entity", "<x>&b;</x>", "format.xml_broken"},
	} {
		if err := safe.XML([]byte(c.in), &v); why(err) != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func FuzzXML(f *testing.F) {
	f.Add([]byte("<x><a>hi</a></x>"))
	f.Add([]byte(`<!DOCTYPE x><x/>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var v struct {
			A []string `xml:"a"`
		}
		if err := safe.XML(data, &v); err != nil && why(err) == "" {
			t.Errorf("got %v, want an Unreadable", err)
		}
	})
}
