package qti12

import (
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// slot stands for a response that is typed amid the text.
const slot = "\uE002"

// flow is the HTML of what an element shows, without what is offered as an answer.
func (q *question) flow(n *element.Node) string {
	if n == nil {
		return ""
	}
	var parts []string
	for _, kid := range n.Kids {
		switch kid.Name {
		case "material", "material_ref", "flow_mat", "flow", "solution", "solutionmaterial":
			parts = append(parts, q.flow(kid))
		case "mattext", "matemtext":
			parts = append(parts, mattext(kid))
		case "matbreak":
			parts = append(parts, "<br>")
		case "matimage", "mataudio", "matvideo":
			parts = append(parts, `<img src="`+html.EscapeString(kid.Attr("uri"))+`" alt="`+html.EscapeString(kid.Attr("label"))+`">`)
		case "response_str", "response_num":
			parts = append(parts, slot)
		}
	}
	return strings.Join(parts, " ")
}

var tag = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// mattext is a text as HTML. Programs that say nothing of its type mean HTML where it has
// tags.
func mattext(n *element.Node) string {
	text := strings.ReplaceAll(n.HTML(), slot, "")
	kind := n.Attr("texttype")
	if n.Says() != text || kind == "text/html" || kind == "text/xhtml" || kind == "" && tag.MatchString(text) {
		return text
	}
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
}

// markdown makes Markdown of HTML, its pictures by the names they have in the bundle.
func (q *question) markdown(source string) string {
	source = equation.ReplaceAllStringFunc(source, tex)
	source = q.files.Inline(q.placed(source))
	if q.text += len(source); len(source) > foreign.MostText {
		q.long = true
		return markup.FromText(strings.ToValidUTF8(source[:foreign.MostText], ""))
	}
	return markup.FromHTML(source)
}

var (
	equation = regexp.MustCompile(`<img [^>]*data-equation-content="[^>]*>`)
	content  = regexp.MustCompile(`data-equation-content="([^"]*)"`)
	src      = regexp.MustCompile(`(\b(?:src|data)=")([^"]*)"`)
	token    = regexp.MustCompile(`^(\$|%24)(IMS[-_]CC[-_]FILEBASE|CANVAS_[A-Z_]*|[A-Z_-]+)(\$|%24)/+`)
)

// tex is the formula of one of Canvas's pictures of formulas.
func tex(img string) string {
	return `\(` + content.FindStringSubmatch(img)[1] + `\)`
}

// placed lets a text refer to the names that its files have in the bundle. What stands
// elsewhere in the net stays as it is.
func (q *question) placed(source string) string {
	if !strings.Contains(source, `="`) {
		return source
	}
	return src.ReplaceAllStringFunc(source, func(found string) string {
		m := src.FindStringSubmatch(found)
		address := html.UnescapeString(m[2])
		if strings.Contains(address, "://") || strings.HasPrefix(address, "data:") || address == "" {
			return found
		}
		name, ok := q.file(address)
		if !ok {
			q.note("foreign.picture_missing", foreign.Beginning(name))
		}
		return m[1] + html.EscapeString(name) + `"`
	})
}

// file keeps a file of the package and returns its name in the bundle, or what it is
// called where it is not there.
func (q *question) file(address string) (string, bool) {
	address, _, _ = strings.Cut(token.ReplaceAllString(address, ""), "?")
	plain, err := url.PathUnescape(address)
	if err != nil {
		plain = address
	}
	plain = strings.Trim(path.Clean("/"+norm.NFC.String(plain)), "/")
	at, ok := q.named(plain)
	if !ok {
		return path.Base("/" + plain), false
	}
	data, err := q.zip.Read(at)
	if err != nil || len(data) == 0 {
		return path.Base(plain), false
	}
	return q.files.Add(plain, data), true
}

// named finds a file of the package by the end of its path: Canvas leaves out the folder
// in which it keeps files.
func (r *reader) named(plain string) (string, bool) {
	if r.zip == nil || plain == "" {
		return "", false
	}
	if r.zip.Has(plain) {
		return plain, true
	}
	if r.found == nil {
		r.found = map[string]string{}
		for _, name := range r.zip.Names() {
			for rest := name; rest != ""; {
				if _, known := r.found[rest]; !known {
					r.found[rest] = name
				}
				_, rest, _ = strings.Cut(rest, "/")
			}
		}
	}
	at, ok := r.found[plain]
	return at, ok
}
