package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// sheet is a question on its way to an editor: what is stored, what the form
// says, and what is wrong with it.
type sheet struct {
	work     bank.Work
	form     bank.Form
	rows     int // of options, as the form had them
	problems []questions.Problem
	sent     url.Values // the form as it came; nil: it did not
}

// kindOf is the kind that a form or an address names.
func kindOf(name string) (kind.Kind, error) {
	k, ok := kind.Of(name)
	if !ok {
		return nil, fault.New(fault.Missing, "fault.missing")
	}
	return k, nil
}

// blank is the sheet of a question that is not written yet; the address may say
// its topic, its fact and the sentence that it is drawn from.
func blank(c *Ctx, w bank.Work, k kind.Kind) sheet {
	v := k.Read(url.Values{})
	v.Lang, v.Level = w.Bank.Lang, kind.Levels[0]
	v.Passage, v.Quote = idOf[questions.PassageID](c.Query("points")), c.Query("quote")
	f := bank.Form{Topic: idOf[questions.TopicID](c.Query("topic")), Fact: idOf[questions.FactID](c.Query("fact")), Tags: bank.CleanTags([]string{c.Query("tags")}), Version: v, Token: newToken()}
	if len(w.Topics) == 0 {
		f.NewTopic = c.Say("edit.topic_first")
	}
	if f.Topic == 0 && len(w.Topics) > 0 {
		f.Topic = w.Topics[0].ID
	}
	return sheet{work: w, form: f}
}

// stored is the sheet of a question as it is.
func stored(w bank.Work) sheet {
	f := bank.FormOf(w)
	f.Token = newToken()
	return sheet{work: w, form: f}
}

// filled is the sheet of a form that was sent. The fields of a kind are the
// kind's; which fact the question feeds and to which passage it points stand in
// fields of the page.
func filled(c *Ctx, w bank.Work, k kind.Kind) sheet {
	base, _ := strconv.Atoi(c.Form("version"))
	v := k.Read(c.form)
	v.Passage, v.Quote = idOf[questions.PassageID](c.Form("points")), strings.Join(strings.Fields(c.Form("quote")), " ")
	f := bank.Form{Base: base, Topic: idOf[questions.TopicID](c.Form("topic")), NewTopic: c.Form("new_topic"), Fact: idOf[questions.FactID](c.Form("feeds")),
		State: bank.Draft, Reversed: c.Form("reversed") == "1" && k.Name() == questions.Flash, Tags: bank.CleanTags([]string{c.Form("tags")}), Version: v, Token: c.Form("token")}
	if state := bank.State(c.Form("state")); state == bank.Live || state == w.Question.State && state != "" {
		f.State = state
	}
	return sheet{work: w, form: f, rows: kind.Rows(c.form), sent: c.form}
}

// wrong adds what keeps the sheet from being stored.
func (sh sheet) wrong(err error) sheet {
	var u bank.Unfit
	if errors.As(err, &u) {
		sh.problems = u.Problems
	}
	return sh
}

// editor draws the sheet as a form that goes to an address.
func (s *Server) editor(c *Ctx, sh sheet, action string) (views.Editor, error) {
	k, err := kindOf(sh.form.Version.Kind)
	if err != nil {
		return views.Editor{}, err
	}
	e := views.Editor{
		Ask:    views.Form{Action: action, Token: sh.form.Token},
		Hidden: sh.hidden(k),
		Fields: k.Edit(questions.Editing{Version: sh.form.Version, Say: c.Say, Problems: sh.problems, Rows: sh.rows,
			Suggest: bank.Suggest(sh.work.Lexicon, sh.form.Version), Facts: sh.known(c)}),
		Wrong: wrongs(c, sh.problems),
		Save:  c.Say("edit.publish"), Draft: true, Enter: string(bank.Live),
	}
	if sh.work.Question.ID != 0 {
		e.Enter = string(sh.work.Question.State)
	}
	if sh.work.Question.State == bank.Live {
		e.Save = c.Say("edit.save")
	}
	if k.Name() == questions.Flash {
		e.Reverse = &views.Reverse{On: sh.form.Reversed, Error: sh.said(c, "reversed")}
	}
	e.Pictures = sh.work.Bank.ID != 0 && c.Person.Known()
	sh.place(c, &e)
	e.Preview, err = s.preview(c, sh, nil)
	return e, err
}

func (sh sheet) hidden(k kind.Kind) []views.Pair {
	list := []views.Pair{{Name: "kind", Value: k.Name()}}
	if sh.work.Bank.ID != 0 {
		list = append(list, views.Pair{Name: "bank", Value: number(sh.work.Bank.ID)})
	}
	if sh.work.Question.ID != 0 {
		list = append(list, views.Pair{Name: "question", Value: sh.work.Question.ID.String()}, views.Pair{Name: "version", Value: strconv.Itoa(sh.form.Base)})
	}
	return list
}

// place offers topic, fact and passage.
func (sh sheet) place(c *Ctx, e *views.Editor) {
	w, f := sh.work, sh.form
	e.Place = w.Bank.ID != 0
	for _, t := range w.Topics.Tree() {
		e.Topics = append(e.Topics, views.Option{Value: number(t.ID), Text: indent(t), Chosen: t.ID == f.Topic})
	}
	e.Topic.Error, e.NewTopic = sh.said(c, "topic"), views.Field{Value: f.NewTopic, Error: sh.said(c, "new_topic")}
	if !kind.Parted(f.Version.Kind) {
		for _, fact := range sh.facts(c) {
			o := views.Option{Text: fact.Text, Chosen: fact.ID == f.Fact}
			if fact.ID != 0 {
				o.Value = number(fact.ID)
			}
			e.Facts = append(e.Facts, o)
		}
	}
	e.Fact.Error = sh.said(c, "feeds")
	e.Passages = []views.Option{{Text: c.Say("edit.passage_none")}}
	for _, p := range w.Passages {
		e.Passages = append(e.Passages, views.Option{Value: number(p.ID), Text: short(p.Section + ": " + bank.Plain(p.Text)), Chosen: p.ID == f.Version.Passage})
	}
	e.Passage.Error = sh.said(c, "points")
	e.Quote = views.Field{Value: f.Version.Quote, Error: sh.said(c, "quote")}
	e.Tags, e.TagsHint = views.Field{Value: joinTags(f.Tags), Error: sh.said(c, "tags")}, c.Say("tags.hint")
	if len(w.Tags) > 0 {
		e.TagsHint = c.Say("tags.hint_used", joinTags(w.Tags[:min(len(w.Tags), hintedTags)]))
	}
}

// hintedTags is how many of a bank's tags are shown to who writes a question.
const hintedTags = 30

// joinTags writes tags as they are typed.
func joinTags(tags []string) string { return strings.Join(tags, ", ") }

// facts are what a question can ask for: a fact of its own, or one of the bank's.
func (sh sheet) facts(c *Ctx) []questions.Known {
	list := []questions.Known{{Text: c.Say("edit.fact_own")}}
	facts := slices.Clone(sh.work.Facts)
	slices.SortStableFunc(facts, func(a, b bank.Fact) int { return cmpText(a.Text, b.Text) })
	for _, fact := range facts {
		list = append(list, questions.Known{ID: fact.ID, Text: short(fact.Text)})
	}
	return list
}

// known are the facts that the fields of the kind itself offer, part by part.
func (sh sheet) known(c *Ctx) []questions.Known {
	if !kind.Parted(sh.form.Version.Kind) || len(sh.work.Facts) == 0 {
		return nil
	}
	return sh.facts(c)
}

// said is what is wrong with one of the page's own fields.
func (sh sheet) said(c *Ctx, field string) string {
	for _, p := range sh.problems {
		if p.Field == field {
			return problemText(c, p)
		}
	}
	return ""
}

func problemText(c *Ctx, p questions.Problem) string {
	args := make([]any, len(p.Args))
	for i, a := range p.Args {
		args[i] = a
	}
	return c.Say(p.Code, args...)
}

// wrongs lists problems, each with the place of its field.
func wrongs(c *Ctx, problems []questions.Problem) []views.Wrong {
	var list []views.Wrong
	for _, p := range problems {
		list = append(list, views.Wrong{Text: problemText(c, p), URL: "#" + p.ID()})
	}
	return list
}

// shortest is how much of a text a list of choices shows, in characters.
const shortest = 90

func short(text string) string {
	letters := []rune(text)
	if len(letters) <= shortest {
		return text
	}
	return string(letters[:shortest-1]) + "…"
}

func cmpText(a, b string) int {
	a, b = questions.Fold(a), questions.Fold(b)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// idOf reads an id of a form; what is none is 0.
func idOf[ID ~int64](value string) ID {
	id, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0
	}
	return ID(id)
}

// number is an id as it stands in an address or a form.
func number[ID ~int64](id ID) string { return strconv.FormatInt(int64(id), 10) }
