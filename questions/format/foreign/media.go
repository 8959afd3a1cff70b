package foreign

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"thaw/questions/format/bundle"
)

// Media collects the pictures and sounds of a file, each once and under a name of its
// own. Other programs let two questions have different files of one name.
type Media struct {
	list  []bundle.Media
	names map[[32]byte]string // by what is in them
	taken map[string]bool
}

// List returns what was collected.
func (m *Media) List() []bundle.Media { return m.list }

// Add keeps a file and returns the name that it has from now on, which needs no escaping
// in an address.
func (m *Media) Add(name string, data []byte) string {
	if m.names == nil {
		m.names, m.taken = map[[32]byte]string{}, map[string]bool{}
	}
	sum := sha256.Sum256(data)
	if known, ok := m.names[sum]; ok {
		return known
	}
	name = plainName(name)
	ext := path.Ext(name)
	for n, base := 2, strings.TrimSuffix(name, ext); m.taken[name]; n++ {
		name = fmt.Sprintf("%s-%d%s", base, n, ext)
	}
	m.names[sum], m.taken[name] = name, true
	m.list = append(m.list, bundle.Media{Name: name, Data: data})
	return name
}

var unplain = regexp.MustCompile(`[^\pL\pM\pN._-]+`)

// plainName is the last part of a path, of letters, digits, points and dashes.
func plainName(name string) string {
	name = norm.NFC.String(path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/")))
	name = strings.Trim(unplain.ReplaceAllString(name, "-"), "-.")
	if ext := path.Ext(name); len(name) > 80 && len(ext) < 10 {
		name = strings.ToValidUTF8(name[:70], "") + ext
	}
	if name == "" {
		return "file"
	}
	return name
}

var inline = regexp.MustCompile(`data:(image|audio)/([a-z0-9]+)[a-z0-9.+;=-]*;base64,([A-Za-z0-9+/=\s]+|[A-Za-z0-9+/=%]+)`)

// Inline keeps the pictures that stand in HTML itself, and returns it with their names.
func (m *Media) Inline(source string) string {
	if !strings.Contains(source, ";base64,") {
		return source
	}
	return inline.ReplaceAllStringFunc(source, func(found string) string {
		parts := inline.FindStringSubmatch(found)
		data, err := Base64(parts[3])
		if err != nil || len(data) == 0 {
			return found
		}
		return m.Add(parts[1]+"."+strings.Replace(parts[2], "jpeg", "jpg", 1), data)
	})
}

// Base64 decodes what programs have broken into lines.
func Base64(text string) ([]byte, error) {
	text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
	return base64.RawStdEncoding.DecodeString(text)
}

// Of finds the media that HTML of ours refers to: those of a bundle, by name.
func Of(b bundle.Bundle) map[string]bundle.Media {
	named := map[string]bundle.Media{}
	for _, m := range b.Media {
		named[m.Name] = m
	}
	return named
}

var picture = regexp.MustCompile(`<img src="([^"]*)"( alt="[^"]*")?>`)

// Place lets each picture and sound in HTML of ours point to where a format keeps it.
// What is no file of the bundle stays as it is. used is told each name.
func Place(source string, named map[string]bundle.Media, address func(name string) string, used func(bundle.Media)) string {
	if !strings.Contains(source, "<img ") {
		return source
	}
	return picture.ReplaceAllStringFunc(source, func(tag string) string {
		parts := picture.FindStringSubmatch(tag)
		m, ok := find(named, parts[1])
		if !ok {
			return tag
		}
		used(m)
		if isSound(m.Name) {
			return `<audio controls src="` + address(m.Name) + `"` + parts[2] + `></audio>`
		}
		return `<img src="` + address(m.Name) + `"` + parts[2] + `>`
	})
}

func isSound(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".aac", ".flac":
		return true
	}
	return false
}

// find looks for the file of an address as HTML has it.
func find(named map[string]bundle.Media, address string) (bundle.Media, bool) {
	address = html.UnescapeString(address)
	if m, ok := named[address]; ok {
		return m, true
	}
	plain, err := url.PathUnescape(address)
	m, ok := named[norm.NFC.String(plain)]
	return m, ok && err == nil
}
