package qti12

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// Where a package keeps pictures and sounds, and how its texts refer to that.
const (
	folder   = "web_resources/"
	filebase = "$IMS-CC-FILEBASE$/"
)

// Write writes a package of one quiz: its manifest, its settings, its questions and their
// pictures and sounds. What cannot be held of an item is returned; the text there says
// where the item was not written at all.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, _ bundle.Options) ([]bundle.Problem, error) {
	title := b.Title
	if title == "" {
		title = "Thaw"
	}
	p := &pack{zip: zip.NewWriter(w), id: ident("quiz", title), title: title, media: foreign.Of(b), used: map[string]bool{}, taken: map[string]bool{}}
	problems, err := p.quiz(ctx, b)
	if err != nil {
		return nil, err
	}
	if err := p.settings(); err != nil {
		return nil, err
	}
	if err := p.files(); err != nil {
		return nil, err
	}
	if err := p.manifest(); err != nil {
		return nil, err
	}
	return problems, p.zip.Close()
}

// ident is a name that a text always gets, as Canvas's look.
func ident(kind string, of ...any) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + fmt.Sprintln(of...)))
	return fmt.Sprintf("g%x", sum[:16])
}

// pack is a package that is being written.
type pack struct {
	zip   *zip.Writer
	id    string
	title string
	media map[string]bundle.Media
	used  map[string]bool // names of the files that are shown
	order []string        // the same, in order
	taken map[string]bool // names of items
	count int             // of answers
}

func (p *pack) create(name string) (io.Writer, error) {
	return p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
}

// put writes a file of one element.
func (p *pack) put(name string, n *element.Node) error {
	w, err := p.create(name)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, element.Head); err != nil {
		return err
	}
	return element.Print(w, n, 0, false)
}

func attr(name, value string) element.Attr { return element.Attr{Name: name, Value: value} }

// field is one entry of metadata.
func field(label, entry string) *element.Node {
	return element.New("qtimetadatafield", element.New("fieldlabel", label), element.New("fieldentry", entry))
}

// quiz writes the questions, one after the other.
func (p *pack) quiz(ctx context.Context, b bundle.Bundle) ([]bundle.Problem, error) {
	w, err := p.create(p.id + "/" + p.id + ".xml")
	if err != nil {
		return nil, err
	}
	outer := element.Begin(element.New("questestinterop", attr("xmlns", "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"), attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
		attr("xsi:schemaLocation", "http://www.imsglobal.org/xsd/ims_qtiasiv1p2 http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd")))
	quiz := element.Begin(element.New("assessment", attr("ident", p.id), attr("title", p.title)))
	var head bytes.Buffer
	head.WriteString(element.Head + outer + "  " + quiz)
	if err := element.Print(&head, element.New("qtimetadata", field("cc_maxattempts", "1")), 2, false); err != nil {
		return nil, err
	}
	head.WriteString("    " + element.Begin(element.New("section", attr("ident", "root_section"))))
	if _, err := w.Write(head.Bytes()); err != nil {
		return nil, err
	}
	var problems []bundle.Problem
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, lost := p.item(i+1, it, foreign.Titles(b, it.Topic))
		problems = append(problems, lost...)
		if n == nil {
			continue
		}
		if err := element.Print(w, n, 3, false); err != nil {
			return nil, err
		}
	}
	_, err = io.WriteString(w, "    </section>\n  </assessment>\n</questestinterop>\n")
	return problems, err
}

// settings writes what Canvas wants to know of a quiz.
func (p *pack) settings() error {
	const canvas = "http://canvas.instructure.com/xsd/cccv1p0"
	return p.put(p.id+"/assessment_meta.xml", element.New("quiz", attr("identifier", p.id), attr("xmlns", canvas), attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
		attr("xsi:schemaLocation", canvas+" https://canvas.instructure.com/xsd/cccv1p0.xsd"),
		element.New("title", p.title), element.New("description"), element.New("shuffle_answers", "true"), element.New("scoring_policy", "keep_highest"),
		element.New("hide_results"), element.New("quiz_type", "assignment"), element.New("show_correct_answers", "true"), element.New("allowed_attempts", "1"),
		element.New("one_question_at_a_time", "false"), element.New("cant_go_back", "false"), element.New("available", "false")))
}

// files writes the pictures and sounds that are shown.
func (p *pack) files() error {
	for _, name := range p.order {
		w, err := p.create(folder + name)
		if err != nil {
			return err
		}
		if _, err := w.Write(p.media[name].Data); err != nil {
			return err
		}
	}
	return nil
}

// manifest writes what is in the package.
func (p *pack) manifest() error {
	settings := ident("settings", p.id)
	resources := element.New("resources",
		element.New("resource", attr("identifier", p.id), attr("type", "imsqti_xmlv1p2"),
			element.New("file", attr("href", p.id+"/"+p.id+".xml")), element.New("dependency", attr("identifierref", settings))),
		element.New("resource", attr("identifier", settings), attr("type", "associatedcontent/imscc_xmlv1p1/learning-application-resource"), attr("href", p.id+"/assessment_meta.xml"),
			element.New("file", attr("href", p.id+"/assessment_meta.xml"))))
	for _, name := range p.order {
		href := folder + name
		resources.Add(element.New("resource", attr("identifier", ident("file", name)), attr("type", "webcontent"), attr("href", href), element.New("file", attr("href", href))))
	}
	text := func(s string) *element.Node { return element.New("imsmd:string", s) }
	return p.put(manifest, element.New("manifest", attr("identifier", ident("manifest", p.id)),
		attr("xmlns", "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"), attr("xmlns:lom", "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource"),
		attr("xmlns:imsmd", "http://www.imsglobal.org/xsd/imsmd_v1p2"), attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
		attr("xsi:schemaLocation", "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1 http://www.imsglobal.org/xsd/imscp_v1p1.xsd http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lomresource_v1p0.xsd http://www.imsglobal.org/xsd/imsmd_v1p2 http://www.imsglobal.org/xsd/imsmd_v1p2p2.xsd"),
		element.New("metadata", element.New("schema", "IMS Content"), element.New("schemaversion", "1.1.3"),
			element.New("imsmd:lom", element.New("imsmd:general", element.New("imsmd:title", text(p.title))))),
		element.New("organizations"), resources))
}

// show is Markdown as HTML, its files where the package keeps them.
func (p *pack) show(source string) string {
	return foreign.Place(markup.ToHTML(source), p.media, func(name string) string {
		return filebase + html.EscapeString(url.PathEscape(name))
	}, func(m bundle.Media) {
		if !p.used[m.Name] {
			p.used[m.Name] = true
			p.order = append(p.order, m.Name)
		}
	})
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]{0,99}$`)

// name is the identifier of an item: its own, if it can be one and no other has it.
func (p *pack) name(line int, it bundle.Item) string {
	name := it.ID
	if !identifier.MatchString(name) || p.taken[name] {
		name = ident("item", line, it.Version.Kind, it.Version.Prompt)
	}
	p.taken[name] = true
	return name
}

// item is a question as an element, none where it cannot be written, and what was lost
// of it.
func (p *pack) item(line int, it bundle.Item, topic []string) (*element.Node, []bundle.Problem) {
	o := &out{pack: p, v: it.Version, item: it, line: line}
	write, kind := o.writer()
	if write == nil {
		return nil, o.problems
	}
	o.meta = []*element.Node{field("question_type", kind), field("points_possible", "1.0")}
	o.pose = element.New("presentation", element.New("material", mattextOf("<div>"+o.stem()+"</div>", true)))
	o.process = element.New("resprocessing", element.New("outcomes",
		element.New("decvar", attr("maxvalue", "100"), attr("minvalue", "0"), attr("varname", "SCORE"), attr("vartype", "Decimal"))))
	if explain := p.show(o.v.Explain); explain != "" {
		o.process.Add(element.New("respcondition", attr("continue", "Yes"), element.New("conditionvar", element.New("other")), reply("general_fb")))
		o.replies = append(o.replies, said("general_fb", explain))
	}
	write(o)
	o.own(topic)
	title := foreign.Beginning(it.Name, foreign.Opening(it.Version.Prompt))
	n := element.New("item", attr("ident", p.name(line, it)), attr("title", title))
	if o.v.Lang != "" {
		n.Attrs = append(n.Attrs, attr("xml:lang", o.v.Lang))
	}
	n.Add(element.New("itemmetadata", element.New("qtimetadata", o.meta)), o.pose, o.process)
	n.Add(o.replies...)
	return n, o.problems
}

// own adds what Canvas has no place for.
func (o *out) own(topic []string) {
	o.meta = append(o.meta, field("original_answer_ids", strings.Join(o.ids, ",")), field("assessment_question_identifierref", ident("question", o.line, o.v.Prompt)))
	for _, part := range topic {
		o.meta = append(o.meta, field("thaw_topic", part))
	}
	for _, tag := range o.item.Tags {
		o.meta = append(o.meta, field("thaw_tag", tag))
	}
	for _, f := range [][2]string{{"thaw_state", o.item.State}, {"thaw_level", o.v.Level}, {"thaw_back", o.v.Back}} {
		if f[1] != "" {
			o.meta = append(o.meta, field(f[0], f[1]))
		}
	}
}

// out is a question that is being written.
type out struct {
	*pack
	v        questions.Version
	item     bundle.Item
	line     int
	meta     []*element.Node
	pose     *element.Node
	process  *element.Node
	replies  []*element.Node
	ids      []string // of its answers
	blanks   []string // names of its gaps
	problems []bundle.Problem
}

// lost says what QTI cannot hold, once.
func (o *out) lost(code string, args ...any) {
	if !slices.ContainsFunc(o.problems, func(p bundle.Problem) bool { return p.Reason.Code == code }) {
		o.problems = append(o.problems, bundle.Problem{Line: o.line, Item: foreign.Beginning(o.item.Name, foreign.Opening(o.v.Prompt)),
			Reason: bundle.Because(code, args...), Kind: o.v.Kind})
	}
}
