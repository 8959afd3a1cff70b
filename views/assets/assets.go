// Package assets holds the CSS, scripts, fonts and icons, and serves them under
// names that change with their contents, so that a browser may keep them for
// ever.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"strings"
	"sync"
)

//go:embed css/*.css js/* fonts/* icons/*
var files embed.FS

// Prefix is the path below which the assets lie.
const Prefix = "/assets/"

// Worker is the path of the one worker script that a page may start. The default
// Trusted Types policy in first.js lets no other pass.
const Worker = "/worker.js"

// sheets are the parts of thaw.css, in the order of its layers.
var sheets = []string{"fonts", "tokens", "base", "parts", "arrange", "edit", "chart", "pages", "banks", "class", "print"}

// alone are sheets of few pages, which name them.
var alone = []string{"slips"}

// Asset is one file as it is sent.
type Asset struct {
	Body []byte
	Gzip []byte // nil where compressing gains nothing
	Type string // the Content-Type
	ETag string // with its quotes
}

// shelf is every asset by its full path, and the path of each plain name.
type shelf struct {
	assets map[string]Asset
	paths  map[string]string
}

var shelved = sync.OnceValue(stock)

// URL returns the path at which the file of a plain name ("thaw.css") is served.
// An unknown name gives a path that leads nowhere.
func URL(name string) string {
	if p, ok := shelved().paths[name]; ok {
		return p
	}
	return Prefix + name
}

// Open returns the asset of a full path, as URL gave it. Whatever it returns may
// be cached for ever.
func Open(path string) (Asset, bool) {
	a, ok := shelved().assets[path]
	return a, ok
}

// stock reads and compresses everything; what refers to others comes after them.
func stock() shelf {
	s := shelf{map[string]Asset{}, map[string]string{}}
	for _, dir := range []string{"fonts", "icons", "js"} {
		entries, err := fs.ReadDir(files, dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			s.add(e.Name(), read(dir+"/"+e.Name()))
		}
	}
	s.add("thaw.css", s.sheet("@layer tokens, base, parts, pages, print;\n", sheets))
	for _, name := range alone {
		s.add(name+".css", s.sheet("", []string{name}))
	}
	return s
}

func read(name string) []byte {
	body, err := files.ReadFile(name)
	if err != nil {
		return nil
	}
	return body
}

func (s shelf) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	ext := path.Ext(name)
	full := Prefix + strings.TrimSuffix(name, ext) + "." + hash + ext
	s.paths[name] = full
	s.assets[full] = Asset{Body: body, Gzip: squeeze(body), Type: typeOf(ext), ETag: `"` + hash + `"`}
}

// typeOf names the type itself where the machine's own list may differ.
func typeOf(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/speculationrules+json" // the one there is: which pages a browser may fetch ahead
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return mime.TypeByExtension(ext)
}

// squeeze compresses, and returns nil when that saves less than a tenth.
func squeeze(body []byte) []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := z.Write(body); err != nil || z.Close() != nil || b.Len() > len(body)*9/10 {
		return nil
	}
	return b.Bytes()
}

var (
	comment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	indent    = regexp.MustCompile(`\s*\n\s*`)
	reference = regexp.MustCompile(`url\("([^"]+)"\)`)
)

// sheet joins the style sheets, drops comments and indentation, and puts the
// served paths of the files they name.
func (s shelf) sheet(layers string, names []string) []byte {
	var b strings.Builder
	b.WriteString(layers)
	for _, name := range names {
		b.Write(read("css/" + name + ".css"))
	}
	css := indent.ReplaceAllString(comment.ReplaceAllString(b.String(), ""), "\n")
	css = reference.ReplaceAllStringFunc(css, func(ref string) string {
		return `url("` + s.paths[reference.FindStringSubmatch(ref)[1]] + `")`
	})
	return []byte(css)
}
