package kind

import (
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// pictures draws pictures and lets sounds be played; said, they are what they show. A
// page asks nothing of other servers: of what is not kept here its words stay.
type pictures struct{ said bool }

// RegisterFuncs is for goldmark.
func (p pictures) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindImage, p.draw)
}

// ownMedia is the address of a picture or a sound that we keep; a picture's says how many
// pixels it has, so that nothing jumps when it comes.
var ownMedia = regexp.MustCompile(`^/media/[0-9a-f]{32}(?:-([0-9]{1,4})x([0-9]{1,4}))?\.(png|jpg|gif|mp3|ogg|wav|flac|m4a)$`)

func (p pictures) draw(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	alt := templEscape(strings.ReplaceAll(textOf(n, source), `"`, "'"))
	src := string(n.(*ast.Image).Destination)
	m := ownMedia.FindStringSubmatch(src)
	markup := `<img src="` + src + `" alt="` + alt + `"`
	switch {
	case p.said || m == nil:
		markup = alt
	case m[1] == "":
		markup = `<audio controls="controls" preload="none" src="` + src + `" aria-label="` + alt + `"></audio>`
	default:
		markup += ` width="` + m[1] + `" height="` + m[2] + `">`
	}
	_, err := w.WriteString(markup)
	return ast.WalkSkipChildren, err
}

// textOf is the text of what stands in a node.
func textOf(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := c.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// allowMedia lets pictures and sounds of our own through.
func allowMedia(p *bluemonday.Policy) {
	pixels := regexp.MustCompile(`^[0-9]{1,4}$`)
	p.AllowAttrs("src").Matching(ownMedia).OnElements("img", "audio")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(pixels).OnElements("img")
	p.AllowAttrs("controls").Matching(regexp.MustCompile(`^controls$`)).OnElements("audio")
	p.AllowAttrs("preload").Matching(regexp.MustCompile(`^none$`)).OnElements("audio")
	p.AllowAttrs("aria-label").OnElements("audio")
}
