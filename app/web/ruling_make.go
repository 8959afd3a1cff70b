package web

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/repair"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/text"
)

func draftPath(id questions.QuestionID) string { return "/questions/" + id.String() + "/ruling" }

func rulingPath(id questions.RulingID) string { return "/rulings/" + id.String() }

// proposal reads what a teacher has in mind from a form or an address.
func (c *Ctx) proposal(form url.Values) repair.Proposal {
	p := repair.Proposal{Question: c.questionID(), Decision: study.Decision(form.Get("decision")), Name: form.Get("name") == "1"}
	for _, class := range form["class"] {
		if id := idOf[questions.ClassID](class); id != 0 {
			p.Classes = append(p.Classes, id)
		}
	}
	p.Part, _ = strconv.Atoi(form.Get("part"))
	for _, t := range form["text"] {
		for _, line := range strings.Split(t, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				p.Texts = append(p.Texts, line)
			}
		}
	}
	return p
}

// rulingDraft shows what a ruling would change, before it is made.
// A class's teacher means all of the own classes, unless some are named.
func (s *Server) rulingDraft(c *Ctx) (views.Page, error) {
	p := c.proposal(c.query)
	subject, err := s.Repairer.Subject(c.Context(), c.Person, p.Question)
	if err != nil {
		return nil, err
	}
	if !subject.Edits && len(p.Classes) == 0 {
		p.Classes = ids(subject.Classes)
	}
	if p.Decision == "" || len(p.Texts) == 0 && !p.Decision.Retires() {
		return draft(c, subject, p, nil, nil), nil
	}
	preview, err := s.Repairer.Preview(c.Context(), subject, p, c.Say)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return nil, err
	}
	return draft(c, subject, p, &preview, err), nil
}

// draft is the page of a ruling in the making; the error says what is wrong with it.
func draft(c *Ctx, s repair.Subject, p repair.Proposal, preview *repair.Preview, err error) views.Ruling {
	if p.Decision == "" && len(s.Decisions()) > 0 {
		p.Decision = s.Decisions()[0]
	}
	if !s.Edits && len(p.Classes) == 0 {
		p.Classes = ids(s.Classes)
	}
	p.Part = max(p.Part, 1)
	part := kind.Part(s.Version, p.Part)
	page := views.Ruling{Prompt: kind.Inline(kind.Line(part)), Key: keyText(c, part), Back: views.Link{Text: c.Say("ruling.inbox"), URL: "/inbox"},
		Look: draftPath(s.Head.ID), Part: strconv.Itoa(p.Part), Error: c.fault(err)}
	for _, d := range s.Decisions() {
		page.Decide = append(page.Decide, views.Option{Value: string(d), Text: c.Say("ruling.what_" + string(d)), Chosen: d == p.Decision})
	}
	page.Everybody, page.Scopes = s.Edits, scopes(c, s, p)
	askedOf(c, &page, s, p, err)
	if s.Edits && !s.Bank.BuiltIn {
		page.Editable = writtenPath(s.Head.ID)
	}
	if preview != nil && err == nil {
		page.Preview = previewed(c, p, *preview)
		page.Make = making(c, p)
	}
	return page
}

// askedOf adds the fields for what counts, or is right: texts, or options to tick.
func askedOf(c *Ctx, page *views.Ruling, s repair.Subject, p repair.Proposal, err error) {
	options := s.Options()
	if len(options) == 0 {
		field := c.field("text", err)
		page.Text = &views.Field{Value: strings.Join(p.Texts, "\n"), Error: field.Error}
		if name, ok := s.Name(p.Part); ok && s.Edits {
			page.Names, page.Name = name.Name, p.Name
		}
		return
	}
	for _, o := range options {
		chosen := o.Credit == 1
		if len(p.Texts) > 0 {
			chosen = false
			for _, t := range p.Texts {
				chosen = chosen || questions.Fold(t) == questions.Fold(o.Text)
			}
		}
		page.Options = append(page.Options, views.Option{Value: o.Text, Text: optionText(c, s.Version, o), Chosen: chosen})
	}
}

// optionText is an option as a person reads it.
func optionText(c *Ctx, v questions.Version, o questions.Answer) string {
	if v.Kind == questions.Truth {
		return c.Say("kind." + o.Text)
	}
	return o.Text
}

// scopes are the classes for whose pupils alone a person may rule.
func scopes(c *Ctx, s repair.Subject, p repair.Proposal) []views.Option {
	var list []views.Option
	for _, class := range s.Classes {
		list = append(list, views.Option{Value: class.ID.String(), Text: c.Say("ruling.for_class", class.Name), Chosen: slices.Contains(p.Classes, class.ID)})
	}
	return list
}

func ids(classes []people.Class) (list []questions.ClassID) {
	for _, c := range classes {
		list = append(list, c.ID)
	}
	return list
}

// making is the form that makes the ruling.
func making(c *Ctx, p repair.Proposal) views.Ask {
	a := views.Ask{Form: views.Form{Action: draftPath(p.Question), Token: newToken()}, Text: c.Say("ruling.do_" + string(p.Decision)),
		Hidden: []views.Pair{{Name: "part", Value: strconv.Itoa(p.Part)}, {Name: "decision", Value: string(p.Decision)}}}
	for _, class := range p.Classes {
		a.Hidden = append(a.Hidden, views.Pair{Name: "class", Value: class.String()})
	}
	for _, t := range p.Texts {
		a.Hidden = append(a.Hidden, views.Pair{Name: "text", Value: t})
	}
	if p.Name {
		a.Hidden = append(a.Hidden, views.Pair{Name: "name", Value: "1"})
	}
	return a
}

// previewed says what a ruling would change.
func previewed(c *Ctx, p repair.Proposal, v repair.Preview) *views.RulingPreview {
	shown := &views.RulingPreview{}
	if v.Responses == 0 {
		shown.Lines = append(shown.Lines, c.Say("ruling.none"))
	} else {
		marks := "ruling.marks"
		if v.Points < 0 {
			marks = "ruling.marks_less"
		}
		shown.Lines = append(shown.Lines, c.Say("ruling.of", v.Responses, v.Of, v.Learners), c.Say(marks, v.Marks, text.Tenths(c.Lang(), math.Abs(v.Points))), c.Say("ruling.cards", v.Cards))
	}
	switch {
	case p.Decision.Retires():
		shown.Lines = append(shown.Lines, c.Say("ruling.retired"))
	case p.Name:
		shown.Lines = append(shown.Lines, c.Say("ruling.lexicon"))
	case v.Version:
		shown.Lines = append(shown.Lines, c.Say("ruling.version"))
	}
	for _, e := range v.Examples {
		shown.Examples = append(shown.Examples, []string{e.Given, c.Say("verdict.word." + string(e.Was)), c.Say("verdict.word." + string(e.Is)), strconv.Itoa(e.N)})
	}
	return shown
}

// rulingMake makes a ruling, carries it as far as it comes, and shows how far that is.
func (s *Server) rulingMake(c *Ctx) (string, error) {
	p := c.proposal(c.form)
	id, err := s.Repairer.Rule(c.Context(), c.Person, p, c.Form("token"))
	if fault.Is(err, fault.Invalid) && len(c.Form("token")) > 0 {
		subject, subjectErr := s.Repairer.Subject(c.Context(), c.Person, p.Question)
		return "", cmp.Or(subjectErr, again(draft(c, subject, p, nil, err), err))
	}
	if err != nil {
		return "", err
	}
	return rulingPath(id), s.Repairer.Begin(c.Context(), id)
}

// ruling is the number of a ruling in the path.
func (c *Ctx) ruling() questions.RulingID { return questions.RulingID(c.Int("r")) }

// rulingUndo takes a ruling back.
func (s *Server) rulingUndo(c *Ctx) (string, error) {
	id := c.ruling()
	if err := s.Repairer.Undo(c.Context(), c.Person, id); err != nil {
		return "", err
	}
	return rulingPath(id), s.Repairer.Begin(c.Context(), id)
}
