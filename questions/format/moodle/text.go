package moodle

import (
	"net/url"
	"regexp"
	"strings"

	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// source is what an element says, as it stands: in its text element, or in itself in old
// files.
func source(n *element.Node) string {
	if text := n.At("text"); text != nil {
		return text.HTML()
	}
	return n.Own()
}

// said is a text that is plain.
func said(n *element.Node) string {
	if text := n.At("text"); text != nil {
		return text.Says()
	}
	return n.Own()
}

// typedText is a text that people type, which is not as long as a text to read.
func (q *question) typedText(n *element.Node) string {
	text := said(n)
	if len(text) > mostTyped {
		q.long = true
		return ""
	}
	return text
}

const mostTyped = 2000

// flag reads what is true, 1, false, 0 or left open.
func flag(n *element.Node, open bool) bool {
	switch strings.ToLower(said(n)) {
	case "":
		return open
	case "false", "0", "no":
		return false
	}
	return true
}

// format is that of the question's text, which its other texts have where they do not
// say.
func (q *question) format() string {
	if f := q.n.At("questiontext").Attr("format"); f != "" {
		return f
	}
	return "html"
}

// markdown is the text of an element in Markdown, with the names of its files. It has
// the format it says, or else the given one.
func (q *question) markdown(n *element.Node, format string) string {
	return q.marked(n, format, source(n))
}

func (q *question) marked(n *element.Node, format, text string) string {
	if f := n.Attr("format"); f != "" {
		format = f
	}
	text = q.placed(n, q.files.Inline(text))
	if q.text += len(text); len(text) > foreign.MostText {
		q.long = true
		return markup.FromText(strings.ToValidUTF8(text[:foreign.MostText], ""))
	}
	switch format {
	case "plain_text":
		return markup.FromText(text)
	case "markdown":
		return strings.ReplaceAll(strings.TrimSpace(text), "{{", `{\{`)
	case "moodle_auto_format", "wiki_like":
		return markup.FromHTML(strings.ReplaceAll(text, "\n", "<br>"))
	}
	return markup.FromHTML(text)
}

var address = regexp.MustCompile(`@@PLUGINFILE@@/+([^"'\s<>()?#]+)(\?[^"'\s<>()]*)?`)

// placed lets a text refer to the names that its files have in the bundle.
func (q *question) placed(n *element.Node, text string) string {
	names := map[string]string{}
	for _, f := range n.All("file") {
		if name := q.file(f); name != "" {
			names[path(f)] = name
		}
	}
	if !strings.Contains(text, plugin) {
		return text
	}
	return address.ReplaceAllStringFunc(text, func(found string) string {
		at := address.FindStringSubmatch(found)[1]
		plain, err := url.PathUnescape(at)
		if err != nil {
			plain = at
		}
		if name := names[plain]; name != "" {
			return name
		}
		q.note("foreign.picture_missing", foreign.Beginning(plain))
		return at
	})
}

// path is where a file lies beside its text, without the first slash.
func path(f *element.Node) string {
	return strings.TrimLeft(strings.TrimRight(f.Attr("path"), "/")+"/"+f.Attr("name"), "/")
}

// file keeps a file and returns its name in the bundle.
func (q *question) file(f *element.Node) string {
	data, err := foreign.Base64(f.Says())
	if err != nil || len(data) == 0 {
		q.note("moodle.file_broken", foreign.Beginning(f.Attr("name"), "?"))
		return ""
	}
	return q.files.Add(f.Attr("name"), data)
}

// oldPicture is the one picture that a question of Moodle 1.9 has.
func (q *question) oldPicture() string {
	data, name := q.n.At("image_base64"), q.n.At("image").Says()
	if data == nil || name == "" {
		return ""
	}
	content, err := foreign.Base64(data.Says())
	if err != nil || len(content) == 0 {
		q.note("moodle.file_broken", foreign.Beginning(name))
		return ""
	}
	return "![](" + q.files.Add(name, content) + ")"
}
