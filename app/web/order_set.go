package web

import (
	"net/url"
	"strconv"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/format/markup"
	"thaw/questions/kind"
	"thaw/views"
)

// ordering is a topic's questions in their order, those of one page.
type ordering struct {
	desk  bank.Desk
	topic questions.TopicID
	page  int
	found bank.Found
}

// orderingOf loads what an address or a form puts in order: the topic that it names,
// else the first that has questions.
func (s *Server) orderingOf(c *Ctx, topic, page string) (o ordering, err error) {
	if o.desk, err = s.Editor.Store.Desk(c.Context(), c.Person.ID, c.bankID()); err != nil {
		return o, err
	}
	if o.desk.Bank.BuiltIn {
		return o, fault.New(fault.Missing, "fault.missing")
	}
	if o.topic = idOf[questions.TopicID](topic); o.topic == 0 {
		o.topic = o.first()
	}
	o.page = 1
	if n, err := strconv.Atoi(page); err == nil && n > 1 && n < 1_000_000 {
		o.page = n
	}
	o.found, err = s.Editor.Store.Find(c.Context(), c.Person.ID, bank.Search{Bank: o.desk.Bank.ID, Topics: []questions.TopicID{o.topic},
		States: []bank.State{bank.Draft, bank.Live}, Sort: bank.ByTopic, Page: o.page})
	return o, err
}

func (o ordering) first() questions.TopicID {
	for _, t := range o.desk.Topics.Tree() {
		if n := o.desk.Counts[t.ID]; n.Live+n.Draft > 0 {
			return t.ID
		}
	}
	return 0
}

// at is the address of another page or topic.
func (o ordering) at(topic questions.TopicID, page int) string {
	q := url.Values{"topic": {number(topic)}}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return bankPath(o.desk.Bank.ID) + "/order?" + q.Encode()
}

// rows are what is put in order; a card's other direction goes with the card.
func (o ordering) rows() (list []bank.Row) {
	for _, r := range o.found.Rows {
		if r.Reverses == 0 {
			list = append(list, r)
		}
	}
	return list
}

// orderShow puts the questions of a topic in order: by dragging, by buttons, or by
// numbers without script. It is the widget of a question that asks for an order.
func (s *Server) orderShow(c *Ctx) (views.Page, error) {
	o, err := s.orderingOf(c, c.Query("topic"), c.Query("page"))
	if err != nil {
		return nil, err
	}
	return s.orderPage(c, o), nil
}

func (s *Server) orderPage(c *Ctx, o ordering) views.Order {
	p := views.Order{Bank: views.Link{Text: o.desk.Bank.Title, URL: bankPath(o.desk.Bank.ID)}, Saved: c.Query("saved") == "1",
		Ask: views.Form{Action: bankPath(o.desk.Bank.ID) + "/order"}, Hidden: []views.Pair{{Name: "topic", Value: number(o.topic)}, {Name: "page", Value: strconv.Itoa(o.page)}}}
	for _, t := range o.desk.Topics.Tree() {
		if n := o.desk.Counts[t.ID]; n.Live+n.Draft > 0 {
			p.Topics = append(p.Topics, views.TopicLine{Title: t.Title, Depth: strconv.Itoa(t.Depth), URL: o.at(t.ID, 1), Active: t.ID == o.topic})
		}
	}
	asked := questions.Asked{Version: questions.Version{Kind: questions.Order, Prompt: c.Say("order.prompt"), Lang: c.Lang()}, Say: inOrder(c.Say)}
	for i, r := range o.rows() {
		line := bank.Plain(kind.Line(questions.Version{Kind: r.Kind, Prompt: r.Prompt}))
		asked.Version.Answers = append(asked.Version.Answers, questions.Answer{Part: i + 1, Text: markup.FromText(short(line))})
		asked.Given = append(asked.Given, strconv.Itoa(i+1))
		p.Hidden = append(p.Hidden, views.Pair{Name: "question", Value: r.ID.String()})
	}
	if k, ok := kind.Of(questions.Order); ok && len(asked.Given) > 1 {
		p.Widget = k.Ask(asked)
	}
	if o.page > 1 {
		p.Before = &views.Link{Text: c.Say("find.before"), URL: o.at(o.topic, o.page-1)}
	}
	if o.page*bank.PageSize < o.found.Total {
		p.After = &views.Link{Text: c.Say("find.after"), URL: o.at(o.topic, o.page+1)}
	}
	return p
}

// inOrder says what an order's widget says, but for its button.
func inOrder(say questions.Say) questions.Say {
	return func(key string, args ...any) string {
		if key == "kind.submit" {
			key = "order.save"
		}
		return say(key, args...)
	}
}

// orderSet stores the order in which the questions of a topic stand. The form names the
// questions as they were shown, and gives each its place.
func (s *Server) orderSet(c *Ctx) (string, error) {
	o, err := s.orderingOf(c, c.Form("topic"), c.Form("page"))
	if err != nil {
		return "", err
	}
	order, ok := placed(c.Values("question"), c.Values("answer"))
	if !ok {
		err := fault.New(fault.Invalid, "order.unfinished")
		p := s.orderPage(c, o)
		p.Error = c.fault(err)
		return "", again(p, err)
	}
	return o.at(o.topic, o.page) + "&saved=1", s.Editor.Store.SetOrder(c.Context(), c.Person.ID, o.desk.Bank.ID, order)
}

// placed are questions by the places that they were given, each its own.
func placed(shown, given []string) ([]questions.QuestionID, bool) {
	order := make([]questions.QuestionID, len(shown))
	for i, id := range shown {
		if i >= len(given) {
			return nil, false
		}
		place, err := strconv.Atoi(given[i])
		if err != nil || place < 1 || place > len(order) || order[place-1] != 0 {
			return nil, false
		}
		order[place-1] = idOf[questions.QuestionID](id)
	}
	return order, len(order) > 0
}
