package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/text"
)

// filters are what narrows a list of questions down, as its address says it;
// what it says otherwise falls back.
type filters struct {
	path  string
	typed string
	topic questions.TopicID
	kind  string
	state string
	tag   string
	sort  bank.Sort
	page  int
}

func readFilters(c *Ctx, path string) filters {
	f := filters{path: path, typed: strings.TrimSpace(c.Query("q")), tag: strings.TrimSpace(c.Query("tag")), topic: idOf[questions.TopicID](c.Query("topic")), sort: bank.Newest, page: 1}
	if _, ok := kind.Of(c.Query("kind")); ok {
		f.kind = c.Query("kind")
	}
	for _, state := range append(states(), "all", inBin) {
		if c.Query("state") == state {
			f.state = state
		}
	}
	for _, sort := range bank.Sorts {
		if c.Query("sort") == string(sort) {
			f.sort = sort
		}
	}
	if n, err := strconv.Atoi(c.Query("page")); err == nil && n > 1 && n < 1_000_000 {
		f.page = n
	}
	return f
}

// inBin stands for what was thrown away, as a state of a list.
const inBin = "bin"

func states() []string {
	list := make([]string, len(bank.States))
	for i, s := range bank.States {
		list[i] = string(s)
	}
	return list
}

// search is what the filters ask the store for. Without a state they leave out
// what is retired.
func (f filters) search(id questions.BankID) bank.Search {
	s := bank.Search{Bank: id, Kind: f.kind, Tag: f.tag, Sort: f.sort, Page: f.page, Terms: bank.ReadTerms(f.typed)}
	switch f.state {
	case "":
		s.States = []bank.State{bank.Draft, bank.Live}
	case "all":
	case inBin:
		s.Bin = true
	default:
		s.States = []bank.State{bank.State(f.state)}
	}
	return s
}

// narrow tells whether the list shows less than everything in use.
func (f filters) narrow() bool {
	return f.typed != "" || f.topic != 0 || f.kind != "" || f.state != "" || f.tag != ""
}

// at is the address of another page of the same list.
func (f filters) at(page int) string {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.typed, "kind": f.kind, "state": f.state, "tag": f.tag} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.topic != 0 {
		q.Set("topic", number(f.topic))
	}
	if f.sort != bank.Newest {
		q.Set("sort", string(f.sort))
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return f.path
	}
	return f.path + "?" + q.Encode()
}

// questionsShow searches all of a person's questions.
func (s *Server) questionsShow(c *Ctx) (views.Page, error) {
	f := readFilters(c, "/questions")
	f.topic = 0
	found, err := s.Editor.Store.Find(c.Context(), c.Person.ID, f.search(0))
	if err != nil {
		return nil, err
	}
	return views.Questions{List: listing(c, f, found, true), Banks: "/banks"}, nil
}

// bankListing is the list on a bank's own page. Of a built-in bank it tells no
// keys and is not searched.
func (s *Server) bankListing(c *Ctx, d bank.Desk) (views.Listing, error) {
	f := readFilters(c, bankPath(d.Bank.ID))
	if d.Bank.BuiltIn {
		f.typed, f.state = "", string(bank.Live)
		if f.sort == bank.Newest {
			f.sort = bank.ByTopic
		}
	}
	search := f.search(d.Bank.ID)
	if f.topic != 0 {
		for id := range d.Topics.Under(f.topic) {
			search.Topics = append(search.Topics, id)
		}
	}
	found, err := s.Editor.Store.Find(c.Context(), c.Person.ID, search)
	if err != nil {
		return views.Listing{}, err
	}
	l := listing(c, f, found, false)
	if f.topic != 0 {
		l.Kept = []views.Pair{{Name: "topic", Value: number(f.topic)}}
	}
	if d.Bank.BuiltIn {
		l.NoFind, l.States, l.Narrow = true, nil, f.topic != 0 || f.kind != ""
		l.Sorts = slices.DeleteFunc(l.Sorts, func(o views.Option) bool {
			return o.Value == string(bank.Newest) || o.Value == string(bank.Oldest)
		})
		for i := range l.Rows {
			l.Rows[i].URL, l.Rows[i].Key, l.Rows[i].Changed = "", nil, ""
		}
	}
	return l, nil
}

// listing draws a page of questions.
func listing(c *Ctx, f filters, found bank.Found, banks bool) views.Listing {
	l := views.Listing{Action: f.path, Query: f.typed, Line: c.Say("find.count", found.Total), Narrow: f.narrow(), Reset: f.path}
	if found.Total == 0 && l.Narrow {
		l.Line = c.Say("find.none")
	}
	l.Kinds = []views.Option{{Text: c.Say("find.all_kinds")}}
	for _, k := range kind.All() {
		l.Kinds = append(l.Kinds, views.Option{Value: k.Name(), Text: c.Say("bank.kind_" + k.Name()), Chosen: k.Name() == f.kind})
	}
	l.States = []views.Option{{Text: c.Say("find.in_use")}}
	for _, state := range append(states(), "all", inBin) {
		l.States = append(l.States, views.Option{Value: state, Text: c.Say("find.state_" + state), Chosen: state == f.state})
	}
	for _, sort := range bank.Sorts {
		l.Sorts = append(l.Sorts, views.Option{Value: string(sort), Text: c.Say("find.sort_" + string(sort)), Chosen: sort == f.sort})
	}
	l.Tags = f.tags(c, found.Tags)
	words := bank.ReadTerms(f.typed).Words
	for _, r := range found.Rows {
		row := questionRow(c, r, words, banks)
		if f.state == inBin {
			row.URL, row.Back = "", &views.Form{Action: writtenPath(r.ID) + "/bin"}
		}
		for _, tag := range r.Tags {
			row.Tags = append(row.Tags, views.Link{Text: tag, URL: f.tagged(tag)})
		}
		l.Rows = append(l.Rows, row)
	}
	if f.page > 1 {
		l.Before = &views.Link{Text: c.Say("find.before"), URL: f.at(f.page - 1)}
	}
	if f.page*bank.PageSize < found.Total {
		l.After = &views.Link{Text: c.Say("find.after"), URL: f.at(f.page + 1)}
	}
	return l
}

// tags are those to narrow the list down by; one that no question has is there while it is
// looked for.
func (f filters) tags(c *Ctx, used []string) []views.Option {
	looked := questions.Fold(f.tag)
	if f.tag != "" && !slices.ContainsFunc(used, func(tag string) bool { return questions.Fold(tag) == looked }) {
		used = append(used, f.tag)
	}
	if len(used) == 0 {
		return nil
	}
	list := []views.Option{{Text: c.Say("tags.all")}}
	for _, tag := range used {
		list = append(list, views.Option{Value: tag, Text: tag, Chosen: f.tag != "" && questions.Fold(tag) == looked})
	}
	return list
}

// tagged is the address of the list with what has a tag alone.
func (f filters) tagged(tag string) string {
	f.tag = tag
	return f.at(1)
}

// around is how much of a text is shown on each side of what was found in it.
const around = 60

func questionRow(c *Ctx, r bank.Row, words []string, banks bool) views.QuestionRow {
	key := ""
	v := questions.Version{Kind: r.Kind, Prompt: r.Prompt, Answers: r.Answers}
	if k, ok := kind.Of(r.Kind); ok {
		key = k.Words(questions.Asked{Version: v, Say: c.Say}, nil).Key
	}
	prompt, answer := bank.Mark(bank.Plain(kind.Line(v)), words), bank.Mark(bank.Plain(key), words)
	row := views.QuestionRow{Prompt: markedPieces(prompt), Key: markedPieces(answer), Lang: r.Lang, Kind: c.Say("bank.kind_" + r.Kind),
		Topic: r.TopicTitle, Changed: c.day(r.Changed), URL: writtenPath(r.ID)}
	if r.State != bank.Live {
		row.State = c.Say("find.state_" + string(r.State))
	}
	if banks {
		row.Bank = r.BankTitle
	}
	if r.Reverses != 0 {
		row.Kind += ", " + c.Say("bank.turned")
	}
	if len(words) > 0 && !hit(prompt) && !hit(answer) {
		row.Found = markedPieces(elsewhere(r, words))
	}
	return row
}

// elsewhere finds the words in the other answers or in the explanation.
func elsewhere(r bank.Row, words []string) []bank.Piece {
	for _, a := range r.Answers {
		if found := bank.Snippet(bank.Plain(a.Text), words, around); found != nil {
			return found
		}
	}
	return bank.Snippet(bank.Plain(r.Explain), words, around)
}

func hit(pieces []bank.Piece) bool {
	for _, p := range pieces {
		if p.Marked {
			return true
		}
	}
	return false
}

func markedPieces(list []bank.Piece) []views.Piece {
	drawn := make([]views.Piece, len(list))
	for i, p := range list {
		drawn[i] = views.Piece(p)
	}
	return drawn
}

// day is a date in the person's zone.
func (c *Ctx) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(c.Person.Location())
	return text.Date(c.Lang(), t.Year(), int(t.Month()), t.Day())
}
