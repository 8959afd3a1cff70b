package web

import (
	"net/url"
	"strconv"

	"thaw/app/people"
	"thaw/app/repair"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
)

// Bounds of the inbox's page.
const (
	inboxRows  = 100
	inboxRuled = 10
	inboxSaid  = 8 // spellings and words of a row
)

// inboxShow lists what waits for a teacher, of one class alone where it is named, and what
// was ruled of late.
func (s *Server) inboxShow(c *Ctx) (views.Page, error) {
	class := people.Class{}
	if id := idOf[questions.ClassID](c.Query("class")); id != 0 {
		var err error
		if class, err = s.Classes.Store.Class(c.Context(), c.Person.ID, id); err != nil {
			return nil, err
		}
	}
	list, err := s.Repairer.Inbox(c.Context(), c.Person, class.ID)
	if err != nil {
		return nil, err
	}
	made, err := s.Repairer.Store.Made(c.Context(), c.Person, inboxRuled)
	if err != nil {
		return nil, err
	}
	list = list[:min(len(list), inboxRows)]
	var refs []questions.Ref
	for _, r := range list {
		refs = append(refs, r.Ref)
	}
	for _, m := range made {
		refs = append(refs, m.Prompt)
	}
	versions, err := s.Shelf.Versions(c.Context(), refs)
	if err != nil {
		return nil, err
	}
	p := views.Inbox{Lead: c.Say("inbox.lead")}
	if len(list) == 0 {
		p.Lead = c.Say("inbox.none")
	}
	if class.ID != 0 {
		p.Lead, p.All = c.Say("inbox.of_class", class.Name), &views.Link{Text: c.Say("inbox.all"), URL: "/inbox"}
		if len(list) == 0 {
			p.Lead = c.Say("inbox.of_class_none", class.Name)
		}
	}
	for _, r := range list {
		p.Rows = append(p.Rows, inboxRow(c, r, versions[r.Ref], class.ID))
	}
	for _, m := range made {
		p.Ruled = append(p.Ruled, views.Row{Text: ruledHeading(c, m.Ruling), Note: ruledLine(c, m), URL: rulingPath(m.ID)})
	}
	return p, nil
}

func inboxRow(c *Ctx, r repair.Row, v questions.Version, class questions.ClassID) views.InboxRow {
	row := views.InboxRow{Prompt: kind.Inline(kind.Line(v)), Said: c.Say("inbox." + string(r.Why)), Given: r.Given[:min(len(r.Given), inboxSaid)],
		Words: r.Words[:min(len(r.Words), inboxSaid)], Line: c.Say("inbox.line", r.Learners, r.Attempts, c.ago(r.Last))}
	if r.Ref.Version < r.Latest {
		row.Seen = c.Say("inbox.seen", r.Ref.Version, r.Latest)
	}
	query := url.Values{"part": {strconv.Itoa(r.Part)}}
	if row.Accept.Text = c.Say("inbox.look"); r.Part != 0 {
		row.Accept.Text = c.Say("inbox.accept")
		query["decision"], query["text"] = []string{string(study.Accept)}, r.Given[:1]
	}
	row.Accept.URL = draftPath(r.Question) + "?" + query.Encode()
	row.Reject = views.Ask{Form: views.Form{Action: "/inbox/reject"}, Text: c.Say("inbox.reject"), Hidden: []views.Pair{{Name: "question", Value: number(r.Question)},
		{Name: "part", Value: strconv.Itoa(r.Part)}, {Name: "why", Value: string(r.Why)}, {Name: "said", Value: r.Folded}}}
	if class != 0 {
		row.Reject.Hidden = append(row.Reject.Hidden, views.Pair{Name: "class", Value: class.String()})
	}
	return row
}

// inboxReject answers a row, with a word back or none.
func (s *Server) inboxReject(c *Ctx) (string, error) {
	part, _ := strconv.Atoi(c.Form("part"))
	row := repair.RowID{Question: idOf[questions.QuestionID](c.Form("question")), Part: part, Why: study.Why(c.Form("why")), Folded: c.Form("said")}
	to := "/inbox"
	if class := idOf[questions.ClassID](c.Form("class")); class != 0 {
		to += "?class=" + class.String()
	}
	return to, s.Repairer.Reject(c.Context(), c.Person, row, c.Form("reply"))
}
