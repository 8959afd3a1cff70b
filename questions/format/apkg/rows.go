package apkg

import (
	"slices"
	"strings"

	"thaw/questions/format/bundle"
)

// read reads the whole collection.
func (s *store) read() (bundle.Bundle, error) {
	c, err := s.collection()
	if err != nil {
		return bundle.Bundle{}, err
	}
	r := &reader{collection: *c, reviews: map[int64][]look{}, left: maxText, work: 4 * maxText}
	r.b.Title = c.title
	if err := s.reviews(r); err != nil {
		return bundle.Bundle{}, err
	}
	cards, err := s.cards()
	if err != nil {
		return bundle.Bundle{}, err
	}
	if err := s.notes(r, cards); err != nil {
		return bundle.Bundle{}, err
	}
	r.orphans(cards)
	return r.b, nil
}

// reviews reads the log, in the order of time.
func (s *store) reviews(r *reader) error {
	var rows rising
	return s.each(func(row scan) error {
		var id, card, rating, took, kind int64
		if err := row(&id, &card, &rating, &took, &kind); err != nil {
			return err
		}
		if err := rows.next(id, maxReviews, "format.apkg_reviews"); err != nil {
			return err
		}
		if l, ok := r.look(id, rating, took, kind); ok {
			r.reviews[card] = append(r.reviews[card], l)
		}
		return nil
	}, `select ifnull(cast(id as integer), 0), ifnull(cast(cid as integer), 0), ifnull(cast(ease as integer), 0),
		ifnull(cast(time as integer), 0), ifnull(cast(type as integer), 0) from revlog order by id`)
}

// rising counts rows and sees that their ids rise: in a broken table, they can come again
// without end.
type rising struct {
	count int
	last  int64
}

func (r *rising) next(id int64, most int, code string) error {
	if r.count++; r.count > most {
		return bundle.Bad(code, most)
	}
	if r.count > 1 && id <= r.last {
		return bundle.Bad("format.apkg_broken")
	}
	r.last = id
	return nil
}

// cards reads the cards, by note.
func (s *store) cards() (map[int64][]card, error) {
	cards := map[int64][]card{}
	var rows rising
	err := s.each(func(row scan) error {
		var c card
		var data []byte
		err := row(&c.id, &c.note, &c.deck, &c.from, &c.ord, &c.kind, &c.queue, &c.due, &c.fromDue, &c.interval, &c.reps, &c.lapses, &data)
		if err != nil {
			return err
		}
		if err := rows.next(c.id, maxCards, "format.apkg_many"); err != nil {
			return err
		}
		c.memory(data)
		cards[c.note] = append(cards[c.note], c)
		return nil
	}, `select ifnull(cast(id as integer), 0), ifnull(cast(nid as integer), 0), ifnull(cast(did as integer), 0),
		ifnull(cast(odid as integer), 0), ifnull(cast(ord as integer), 0) & 65535, ifnull(cast(type as integer), 0), ifnull(cast(queue as integer), 0),
		ifnull(cast(due as integer), 0), ifnull(cast(odue as integer), 0), ifnull(cast(ivl as integer), 0),
		ifnull(cast(reps as integer), 0) & 1048575, ifnull(cast(lapses as integer), 0) & 1048575, substr(data, 1, 4096) from cards order by id`)
	return cards, err
}

// notes reads the notes, the oldest first, and makes items of their cards. Cards that
// have been read are taken out of the list.
func (s *store) notes(r *reader, cards map[int64][]card) error {
	var rows rising
	return s.each(func(row scan) error {
		var id, kind, size int64
		var guid, tags, fields, data string
		if err := row(&id, &guid, &kind, &tags, &size, &fields, &data); err != nil {
			return err
		}
		if err := rows.next(id, maxCards, "format.apkg_many"); err != nil {
			return err
		}
		n := &note{guid: clean(guid), kind: r.types[kind], fields: strings.Split(clean(fields), "\x1f"), data: data}
		if n.tags = strings.Fields(clean(tags)); len(n.tags) == 0 {
			n.tags = nil
		}
		if n.kind == nil {
			n.kind = &noteType{}
		}
		own := cards[id]
		delete(cards, id)
		return r.take(n, own, size)
	}, `select id, cast(substr(guid, 1, 256) as text), ifnull(cast(mid as integer), 0), cast(substr(tags, 1, 65536) as text), octet_length(flds),
		case when octet_length(flds) <= 262144 then cast(flds as text) else '' end,
		case when octet_length(data) <= 1048576 then cast(data as text) else '' end from notes order by id`)
}

// take makes items of the cards of a note of some bytes.
func (r *reader) take(n *note, cards []card, size int64) error {
	if len(cards) == 0 {
		r.remark(n, "format.apkg_no_cards")
		r.left -= 200
		return nil
	}
	if size > maxNote {
		for range cards {
			r.report(n, bundle.Because("format.apkg_card_long", maxNote>>10))
		}
		return nil
	}
	return r.note(n, cards)
}

// orphans reports the cards whose notes are not there.
func (r *reader) orphans(cards map[int64][]card) {
	var notes []int64
	for id := range cards {
		notes = append(notes, id)
	}
	slices.Sort(notes)
	for _, id := range notes {
		for range cards[id] {
			r.report(&note{kind: &noteType{}}, bundle.Because("format.apkg_no_note"))
		}
	}
}
