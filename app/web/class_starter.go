package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// starterShow asks for the facts that a class is losing, on the board, one at a time. The
// address holds the questions, so that they stay the same while the lesson goes on.
func (s *Server) starterShow(c *Ctx) (views.Page, error) {
	var chosen []questions.QuestionID
	for _, q := range c.query["q"] {
		chosen = append(chosen, idOf[questions.QuestionID](q))
	}
	class, list, err := s.Reporter.Starter(c.Context(), c.Person, c.class(), chosen)
	if err != nil {
		return nil, err
	}
	versions, err := s.Shelf.Versions(c.Context(), list)
	if err != nil {
		return nil, err
	}
	p := views.Starter{Back: views.Link{Text: class.Name, URL: classPath(class.ID)}, None: len(list) == 0}
	query := url.Values{}
	for _, ref := range list {
		query.Add("q", ref.Question.String())
		p.All = append(p.All, starterQuestion(c, versions[ref]))
	}
	if p.None {
		return p, nil
	}
	at, _ := strconv.Atoi(c.Query("at"))
	at = min(max(at, 1), len(list))
	step := func(to int, key string) views.Link {
		query.Set("at", strconv.Itoa(to))
		return views.Link{Text: c.Say(key), URL: classPath(class.ID) + "/starter?" + query.Encode()}
	}
	p.Here, p.Of, p.Next = p.All[at-1], c.Say("starter.of", at, len(list)), views.Link{Text: c.Say("starter.done"), URL: classPath(class.ID)}
	if at < len(list) {
		p.Next = step(at+1, "starter.next")
	}
	if at > 1 {
		back := step(at-1, "starter.before")
		p.Prev = &back
	}
	return p, nil
}

// starterQuestion is a question for the board. Its options stand by their texts, so that
// their order tells nothing.
func starterQuestion(c *Ctx, v questions.Version) views.StarterQuestion {
	q := views.StarterQuestion{Prompt: kind.Inline(kind.Line(v))}
	if k, ok := kind.Of(v.Kind); ok {
		q.Key = k.Words(questions.Asked{Version: v, Say: c.Say}, nil).Key
	}
	if v.Explain != "" {
		q.Why = kind.Inline(v.Explain)
	}
	if v.Kind == questions.Choice || v.Kind == questions.Several || v.Kind == questions.Order {
		options := slices.Clone(v.Answers)
		if !v.Fixed {
			slices.SortFunc(options, func(a, b questions.Answer) int { return cmp.Compare(a.Text, b.Text) })
		}
		for _, o := range options {
			q.Options = append(q.Options, kind.Inline(o.Text))
		}
	}
	return q
}
