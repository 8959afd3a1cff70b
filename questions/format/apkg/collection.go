package apkg

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"thaw/questions/format/bundle"
)

// collection is what a database says beside its notes and cards.
type collection struct {
	begun int64 // seconds; days are counted from here
	three bool  // cards in learning had three buttons, not four
	types map[int64]*noteType
	decks map[int64][]string // the path
	title string             // of the bank, in a package of ours
}

// noteType says which fields a note has and how its cards are made.
type noteType struct {
	name   string
	cloze  bool
	fields []string
	cards  []cardType
}

// cardType is one way to ask for a note.
type cardType struct {
	name        string
	front, back *template
	broken      bool // a template cannot be read
}

func newCardType(name, front, back string) cardType {
	c := cardType{name: clean(name)}
	var err, also error
	c.front, err = parseTemplate(clean(front))
	c.back, also = parseTemplate(clean(back))
	c.broken = err != nil || also != nil
	return c
}

// Bounds of the lists of a collection.
const (
	maxTypes = 5_000
	maxDecks = 20_000
)

// collection reads what is said beside the notes and cards, of either schema.
func (s *store) collection() (*collection, error) {
	c := &collection{types: map[int64]*noteType{}, decks: map[int64][]string{}}
	var schema int
	var conf, models, decks string
	err := s.each(func(row scan) error { return row(&c.begun, &schema, &conf, &models, &decks) },
		`select cast(crt as integer), cast(ver as integer), cast(conf as text), cast(models as text), cast(decks as text) from col limit 1`)
	switch {
	case err != nil:
		return nil, err
	case schema == 0:
		return nil, bundle.Bad("format.apkg_broken")
	case schema > 18:
		return nil, bundle.Bad("format.apkg_new")
	case schema > 11:
		return c, s.tables(c)
	}
	return c, c.texts([]byte(conf), []byte(models), []byte(decks))
}

// texts reads the lists of schema 11, which are JSON.
func (c *collection) texts(conf, models, decks []byte) error {
	var settings struct {
		SchedVer whole
		Thaw     struct{ Title string }
	}
	if json.Unmarshal(conf, &settings) != nil {
		return bundle.Bad("format.apkg_broken")
	}
	c.three, c.title = settings.SchedVer < 2, settings.Thaw.Title
	err := entries(models, maxTypes, func(key string, d *json.Decoder) error {
		var m model
		err := d.Decode(&m)
		c.types[number(key)] = m.noteType()
		return err
	})
	if err == nil {
		err = entries(decks, maxDecks, func(key string, d *json.Decoder) error {
			var deck struct{ Name string }
			err := d.Decode(&deck)
			c.decks[number(key)] = deckPath(deck.Name, "::")
			return err
		})
	}
	if err != nil {
		return bundle.Bad("format.apkg_broken")
	}
	return nil
}

// model is a note type in schema 11.
type model struct {
	ID     int64 `json:"-"`
	Name   string
	Type   whole
	Fields few[part] `json:"flds"`
	Cards  few[part] `json:"tmpls"`
}

// part is a field of a note type or one of its cards.
type part struct {
	Name  string
	Ord   whole
	Front string `json:"qfmt"`
	Back  string `json:"afmt"`
}

func (m model) noteType() *noteType {
	t := &noteType{name: clean(m.Name), cloze: m.Type == 1}
	for _, list := range []few[part]{m.Fields, m.Cards} {
		slices.SortStableFunc(list, func(a, b part) int { return cmp.Compare(a.Ord, b.Ord) })
	}
	for _, f := range m.Fields {
		t.fields = append(t.fields, clean(f.Name))
	}
	for _, c := range m.Cards {
		t.cards = append(t.cards, newCardType(c.Name, c.Front, c.Back))
	}
	return t
}

// deckPath is the way to a deck. The default deck is none.
func deckPath(name, separator string) []string {
	var parts []string
	for _, part := range strings.Split(clean(name), separator) {
		if part = strings.TrimSpace(part); part != "" && len(parts) < 20 {
			parts = append(parts, part)
		}
	}
	if len(parts) == 1 && parts[0] == defaultDeck {
		return nil
	}
	return parts
}

// defaultDeck is where cards are that were put nowhere.
const defaultDeck = "Default"

// tables reads the lists of schema 18, each entry of which is a row.
func (s *store) tables(c *collection) error {
	c.three = true
	for _, step := range []struct {
		see   func(scan) error
		query string
	}{
		{c.scheduler, `select cast(val as text) from config where key = 'schedVer' limit 1`},
		{c.rowType, `select id, cast(name as text), substr(config, 1, 1048576) from notetypes limit 5000`},
		{c.rowField, `select ntid, cast(name as text) from fields order by ntid, ord limit 100000`},
		{c.rowCard, `select ntid, cast(name as text), substr(config, 1, 1048576) from templates order by ntid, ord limit 50000`},
		{c.rowDeck, `select id, cast(name as text) from decks limit 20000`},
	} {
		if err := s.each(step.see, step.query); err != nil {
			return err
		}
	}
	return nil
}

func (c *collection) scheduler(row scan) error {
	var value string
	err := row(&value)
	c.three = number(value) < 2
	return err
}

func (c *collection) rowType(row scan) error {
	var id int64
	var name string
	var config []byte
	err := row(&id, &name, &config)
	t := &noteType{name: clean(name)}
	fields(config, func(f field) { t.cloze = t.cloze || f.number == 1 && f.value == 1 })
	c.types[id] = t
	return err
}

func (c *collection) rowField(row scan) error {
	var of int64
	var name string
	err := row(&of, &name)
	if t := c.types[of]; t != nil {
		t.fields = append(t.fields, clean(name))
	}
	return err
}

func (c *collection) rowCard(row scan) error {
	var of int64
	var name string
	var config []byte
	err := row(&of, &name, &config)
	sides := map[protowire.Number]string{}
	fields(config, func(f field) { sides[f.number] = string(f.bytes) })
	if t := c.types[of]; t != nil {
		t.cards = append(t.cards, newCardType(name, sides[1], sides[2]))
	}
	return err
}

func (c *collection) rowDeck(row scan) error {
	var id int64
	var name string
	err := row(&id, &name)
	c.decks[id] = deckPath(name, "\x1f")
	return err
}
