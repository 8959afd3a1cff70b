package builtin

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// smallBank is a bank of one topic, in which everything is right.
func smallBank() fstest.MapFS {
	files := map[string]string{
		"bank.yaml": `slug: small
title: Small
lang: en
about: A small bank.
source: {title: T, site: S, url: U, licence: L}
topics:
  - {slug: one, title: One, file: topics/one.yaml}
  - {slug: two, title: Two}
`,
		"entities.yaml": `entities:
  - slug: beria
    kind: person
    name: Lavrentiy Beria
    spellings: [Beriya]
    about: A minister.
    inventory: [P04]
`,
		"reading.yaml": `sections:
  - slug: start
    title: Start
    passages:
      - slug: fall
        text: He fell.
`,
		"topics/one.yaml": `topic: one
title: One
about: The first.
facts:
  - slug: arrest
    text: Beria was arrested.
    twin: arrest-day
    passage: fall
    inventory: [D07]
  - slug: that-day
    text: On that day Beria was arrested.
    twin: arrest-day
    passage: fall
questions:
  - slug: who
    fact: arrest
    kind: text
    level: remember
    prompt: Who was it?
    match: person
    key: Lavrentiy Beria
    accept: [Beria]
    entity: beria
    explain: It was he.
    passage: fall
  - slug: which
    fact: that-day
    kind: choice
    level: remember
    prompt: Which one?
    key: This
    wrong:
      - {text: That, why: No.}
      - {text: Those, why: No.}
    explain: It is this.
    passage: fall
  - slug: when
    fact: arrest
    kind: date
    level: remember
    prompt: When was it?
    key: 1953-06-26
    explain: It was then.
    passage: fall
  - slug: card
    fact: arrest
    kind: flash
    level: remember
    front: Who was it?
    key: Beria
    entity: beria
    explain: It was he.
    passage: fall
  - slug: all
    fact: arrest
    kind: several
    level: remember
    prompt: Which ones?
    keys: [One, Two]
    wrong:
      - {text: Three, why: No.}
      - {text: Four, why: No.}
    explain: It is these.
    passage: fall
  - slug: so
    fact: arrest
    kind: truth
    level: remember
    prompt: It was so.
    key: false
    why: It was not.
    explain: It was not so.
    passage: fall
  - slug: many
    fact: arrest
    kind: number
    level: remember
    prompt: How many?
    key: 22
    slack: 0.5
    accept: [23.5]
    explain: So many.
    passage: fall
  - slug: first
    kind: order
    level: remember
    prompt: Which came first?
    items:
      - {fact: arrest, text: One, when: 1953-06}
      - {fact: that-day, text: Two, tie: true}
      - {fact: that-day, text: Three, when: 1956}
    explain: In this order.
    passage: fall
  - slug: pairs
    kind: match
    level: remember
    prompt: What belongs to what?
    items:
      - {fact: arrest, text: a, belongs: A, why: No.}
      - {fact: that-day, text: b, belongs: "it's"}
    wrong:
      - {text: C, why: No.}
    explain: Like this.
    passage: fall
  - slug: gaps
    fact: arrest
    kind: cloze
    level: remember
    prompt: "{{Beria}} was arrested on {{26 June 1953}}."
    gaps:
      - {match: person, entity: beria}
      - {fact: that-day, match: date}
    explain: It was so.
    passage: fall
`,
	}
	bank := fstest.MapFS{}
	for name, text := range files {
		bank[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return bank
}

func TestLoadSmallBank(t *testing.T) {
	bank, err := LoadFS(smallBank())
	if err != nil {
		t.Fatal(err)
	}
	if len(bank.Topics) != 1 || len(bank.Topics[0].Questions) != 10 || len(bank.Topics[0].Facts) != 2 {
		t.Fatalf("got %+v", bank.Topics)
	}
	card := bank.Topics[0].Questions[3]
	if card.Prompt != "Who was it?" || card.Pos.String() != "topics/one.yaml:45" {
		t.Errorf("got the card %q at %v", card.Prompt, card.Pos)
	}
	text := bank.Topics[0].Questions[9]
	if text.Prompt != "{{1}} was arrested on {{2}}." || fmt.Sprint(text.Right()) != "[Beria 26 June 1953]" || text.Gaps[1].Fact != "that-day" {
		t.Errorf("got the text %+v", text)
	}
	if key := bank.Topics[0].Questions[2].Key; key != "1953-06-26" {
		t.Errorf("got the date %q", key)
	}
	order, pairs := bank.Topics[0].Questions[7], bank.Topics[0].Questions[8]
	if want := (Item{Fact: "arrest", Text: "One", When: "1953-06"}); order.Items[0] != want || !order.Items[1].Tie || strings.Join(order.Facts(), " ") != "arrest that-day that-day" {
		t.Errorf("got the order %+v", order.Items)
	}
	if pairs.Items[1].Belongs != "it’s" || pairs.Wrong[0].Text != "C" || len(pairs.Right()) != 0 {
		t.Errorf("got the pairs %+v", pairs.Items)
	}
}

func TestMalformedFiles(t *testing.T) {
	tests := []struct {
		name string
		file string
		old  string // replaced once
		new  string
		want string // the first problem
	}{
		{"no syntax", "bank.yaml", "title: Small", "title: [Small", "bank.yaml:2: did not find expected"},
		{"indentation", "topics/one.yaml", "    level: remember\n    prompt: Which", "   level: remember\n    prompt: Which", "topics/one.yaml:29: "},
		{"unknown key", "bank.yaml", "lang: en", "lang: en\nlanguage: en", "bank.yaml:4: unknown key language"},
		{"key twice", "bank.yaml", "lang: en", "lang: en\nlang: en", `bank.yaml:4: mapping key "lang" already defined at line 3`},
		{"wrong type", "bank.yaml", "lang: en", "lang: [en]", "bank.yaml:3: cannot unmarshal !!seq into what is expected here"},
		{"second document", "bank.yaml", "  - {slug: two, title: Two}", "---\nslug: two", "bank.yaml:8: the file holds more than one document"},
		{"no licence", "bank.yaml", ", licence: L", "", "bank.yaml:5: licence is missing"},
		{"empty title", "bank.yaml", "title: Small", "title:", "bank.yaml:2: title is missing"},
		{"slug", "bank.yaml", "slug: small", "slug: Small Bank", `bank.yaml:1: slug "Small Bank": a slug has small letters, digits and single hyphens`},
		{"topic twice", "bank.yaml", "slug: two", "slug: one", `bank.yaml:8: topic "one" stands already at bank.yaml:7`},
		{"no file", "bank.yaml", "topics/one.yaml", "topics/none.yaml", "topics/none.yaml:1: the file cannot be read"},

		{"entity kind", "entities.yaml", "kind: person", "kind: man", `entities.yaml:3: kind "man" is none of: person,`},
		{"entity about", "entities.yaml", "    about: A minister.\n", "", "entities.yaml:2: about is missing"},
		{"spelling twice", "entities.yaml", "[Beriya]", "[Beriya, beriya]", `entities.yaml:5: the spelling "beriya" stands already at entities.yaml:5`},
		{"inventory", "entities.yaml", "P04", "person", `entities.yaml:7: inventory "person": an id is a letter and two digits`},
		{"passage text", "reading.yaml", "text: He fell.", `text: " "`, "reading.yaml:6: text is missing"},
		{"passage twice", "reading.yaml", "text: He fell.", "text: He fell.\n      - {slug: fall, text: Again.}", `reading.yaml:7: passage "fall" stands already at reading.yaml:5`},

		{"other topic", "topics/one.yaml", "topic: one", "topic: two", `topics/one.yaml:1: topic is "two", but bank.yaml says "one"`},
		{"empty file", "topics/one.yaml", "", "", "topics/one.yaml:1: the file is empty"},
		{"empty element", "topics/one.yaml", "accept: [Beria]", "accept: [Beria, ~]", "topics/one.yaml:22: an element of the list is empty"},
		{"unknown key of a question", "topics/one.yaml", "    accept: [Beria]", "    accepts: [Beria]", "topics/one.yaml:22: unknown key accepts"},
		{"unknown key of an option", "topics/one.yaml", "{text: That, why: No.}", "{text: That, why: No., key: yes}", "topics/one.yaml:33: unknown key key"},
		{"fact twice", "topics/one.yaml", "slug: that-day", "slug: arrest", `topics/one.yaml:10: fact "arrest" stands already at topics/one.yaml:5`},
		{"lone twin", "topics/one.yaml", "twin: arrest-day", "twin: other-day", `topics/one.yaml:7: twin "other-day" has no second fact`},
		{"passage of a fact", "topics/one.yaml", "passage: fall\n    inventory", "passage: rise\n    inventory", `topics/one.yaml:8: there is no passage "rise"`},
		{"no fact", "topics/one.yaml", "fact: that-day", "fact: no-day", `topics/one.yaml:27: there is no fact "no-day"`},
		{"no entity", "topics/one.yaml", "entity: beria", "entity: malenkov", `topics/one.yaml:23: there is no entity "malenkov"`},
		{"no passage", "topics/one.yaml", "explain: It is this.\n    passage: fall", "explain: It is this.\n    passage: rise", `topics/one.yaml:36: there is no passage "rise"`},
		{"question twice", "topics/one.yaml", "slug: which", "slug: who", `topics/one.yaml:26: question "who" stands already at topics/one.yaml:15`},
		{"kind", "topics/one.yaml", "kind: choice", "kind: riddle", `topics/one.yaml:28: kind "riddle" is none of: choice, several, truth, order, match, text, number, date, cloze, flash`},
		{"level", "topics/one.yaml", "level: remember", "level: guess", `topics/one.yaml:18: level "guess" is none of: remember,`},
		{"no explanation", "topics/one.yaml", "    explain: It is this.\n", "", "topics/one.yaml:26: explain is missing"},
		{"no prompt", "topics/one.yaml", "    prompt: Which one?\n", "", "topics/one.yaml:26: prompt is missing"},
		{"field of another kind", "topics/one.yaml", "prompt: When was it?", "prompt: When was it?\n    match: person", "topics/one.yaml:42: a question of kind date has no match"},
		{"prompt of a card", "topics/one.yaml", "front: Who", "prompt: Who", "topics/one.yaml:45: front is missing"},
		{"match", "topics/one.yaml", "match: person", "match: man", `topics/one.yaml:20: match "man" is none of: person,`},
		{"accepted twice", "topics/one.yaml", "[Beria]", "[lavrentiy beria]", `topics/one.yaml:22: accept "lavrentiy beria" is empty or stands there twice`},
		{"one wrong option", "topics/one.yaml", "      - {text: Those, why: No.}\n", "", "topics/one.yaml:33: a choice has two or three wrong options, not 1"},
		{"wrong like the key", "topics/one.yaml", "text: Those", "text: this", `topics/one.yaml:34: the option "this" stands there twice`},
		{"no why", "topics/one.yaml", "{text: Those, why: No.}", "{text: Those}", "topics/one.yaml:34: why is missing"},
		{"fixed without a place", "topics/one.yaml", "key: This", "key: This\n    fixed: true", "topics/one.yaml:26: fixed options need the place of the key, from 1 to 3"},
		{"place without fixed", "topics/one.yaml", "key: This", "key: This\n    place: 2", "topics/one.yaml:32: place is for fixed options"},
		{"no date", "topics/one.yaml", "1953-06-26", "26 June 1953", `topics/one.yaml:42: key "26 June 1953" is no date in EDTF`},
		{"one key", "topics/one.yaml", "keys: [One, Two]", "keys: [One]", "topics/one.yaml:59: a question of kind several has two keys and two wrong options at least, and six in all, not 1 and 2"},
		{"seven options", "topics/one.yaml", "keys: [One, Two]", "keys: [One, Two, A, B, C]", "topics/one.yaml:59: a question of kind several has two keys"},
		{"key twice", "topics/one.yaml", "keys: [One, Two]", "keys: [One, one]", `topics/one.yaml:59: the key "one" is empty or stands there twice`},
		{"empty key", "topics/one.yaml", "keys: [One, Two]", `keys: [One, ""]`, `topics/one.yaml:59: the key "" is empty or stands there twice`},
		{"wrong like a key", "topics/one.yaml", "text: Three", "text: two", `topics/one.yaml:61: the option "two" stands there twice`},
		{"key of several", "topics/one.yaml", "keys: [One, Two]", "keys: [One, Two]\n    key: One", "topics/one.yaml:60: a question of kind several has no key"},
		{"no keys", "topics/one.yaml", "    keys: [One, Two]\n", "", "topics/one.yaml:54: keys is missing"},
		{"no truth", "topics/one.yaml", "key: false", "key: maybe", `topics/one.yaml:70: key "maybe" is none of: true, false`},
		{"truth without a why", "topics/one.yaml", "    why: It was not.\n", "", "topics/one.yaml:65: why is missing"},
		{"options of a truth", "topics/one.yaml", "key: false", "key: false\n    wrong: []", "topics/one.yaml:71: a question of kind truth has no wrong"},
		{"no number", "topics/one.yaml", "key: 22", "key: twenty-two", `topics/one.yaml:79: key "twenty-two" is no number, such as 22, 8.5 or 688503`},
		{"number with commas", "topics/one.yaml", "key: 22", `key: "1,500"`, `topics/one.yaml:79: key "1,500" is no number`},
		{"slack below zero", "topics/one.yaml", "slack: 0.5", "slack: -0.5", "topics/one.yaml:80: slack -0.5 is no number from 0 up"},
		{"slack without end", "topics/one.yaml", "slack: 0.5", "slack: .inf", "topics/one.yaml:80: slack +Inf is no number from 0 up"},
		{"slack in words", "topics/one.yaml", "slack: 0.5", "slack: a bit", "topics/one.yaml:80: cannot unmarshal !!str `a bit` into what is expected here"},
		{"slack of a date", "topics/one.yaml", "prompt: When was it?", "prompt: When was it?\n    slack: 1", "topics/one.yaml:42: a question of kind date has no slack"},
		{"accepted no number", "topics/one.yaml", "[23.5]", "[many]", `topics/one.yaml:81: accept "many" is no number`},
		{"two things in order", "topics/one.yaml", "      - {fact: that-day, text: Two, tie: true}\n", "", "topics/one.yaml:89: a question of kind order has 3 to 8 items, not 2"},
		{"a thing twice", "topics/one.yaml", "text: Two", "text: one", `topics/one.yaml:90: the item "one" stands there twice`},
		{"no date of a fact", "topics/one.yaml", "    twin: arrest-day\n    passage: fall\nquestions:", "    when: June\n    twin: arrest-day\n    passage: fall\nquestions:", `topics/one.yaml:12: when "June" is no date in EDTF`},
		{"no date of a thing", "topics/one.yaml", "when: 1953-06}", "when: June}", `topics/one.yaml:89: when "June" is no date in EDTF`},
		{"a thing without a fact", "topics/one.yaml", "{fact: arrest, text: One,", "{text: One,", "topics/one.yaml:89: fact is missing"},
		{"a thing of no such fact", "topics/one.yaml", "{fact: arrest, text: One,", "{fact: nothing, text: One,", `topics/one.yaml:89: there is no fact "nothing"`},
		{"a thing with a side", "topics/one.yaml", "tie: true", "belongs: X", "topics/one.yaml:90: a thing in an order has no belongs"},
		{"fact of an order", "topics/one.yaml", "kind: order", "kind: order\n    fact: arrest", "topics/one.yaml:86: a question of kind order has no fact"},
		{"one pair", "topics/one.yaml", "      - {fact: arrest, text: a, belongs: A, why: No.}\n", "", "topics/one.yaml:99: a question of kind match has 2 to 8 items, not 1"},
		{"half a pair", "topics/one.yaml", "belongs: A, ", "", "topics/one.yaml:99: belongs is missing"},
		{"a pair with a date", "topics/one.yaml", "belongs: A,", "belongs: A, when: 1956,", "topics/one.yaml:99: a pair has no when"},
		{"a pair with a tie", "topics/one.yaml", "belongs: A,", "belongs: A, tie: true,", "topics/one.yaml:99: a pair has no tie"},
		{"left over and not", "topics/one.yaml", "{text: C,", "{text: a,", `topics/one.yaml:102: the option "a" stands there twice`},
		{"no items", "topics/one.yaml", "    items:\n      - {fact: arrest, text: One, when: 1953-06}\n      - {fact: that-day, text: Two, tie: true}\n      - {fact: that-day, text: Three, when: 1956}\n", "", "topics/one.yaml:84: items is missing"},
		{"too few gaps", "topics/one.yaml", "{{26 June 1953}}", "26 June 1953", "topics/one.yaml:111: the text has 1 gaps, but 2 are listed"},
		{"empty gap", "topics/one.yaml", "{{26 June 1953}}", "{{ }}", "topics/one.yaml:112: gap 2 has no key in the text"},
		{"match of a gap", "topics/one.yaml", "match: date}", "match: day}", `topics/one.yaml:112: match "day" is none of: date, number, person,`},
		{"fact of a gap", "topics/one.yaml", "fact: that-day, match: date", "fact: no-day, match: date", `topics/one.yaml:112: there is no fact "no-day"`},
		{"entity of a gap", "topics/one.yaml", "match: person, entity: beria", "match: person, entity: malenkov", `topics/one.yaml:111: there is no entity "malenkov"`},
		{"key of a cloze", "topics/one.yaml", "    gaps:", "    key: A\n    gaps:", "topics/one.yaml:110: a question of kind cloze has no key"},
		{"long back", "topics/one.yaml", "key: Beria\n", "key: one two three four five six seven\n", "topics/one.yaml:50: the back of a flashcard has at most 6 words, not 7"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := smallBank()
			text := string(files[tt.file].Data)
			if !strings.Contains(text, tt.old) {
				t.Fatalf("%q does not stand in %s", tt.old, tt.file)
			}
			changed := strings.Replace(text, tt.old, tt.new, 1)
			if tt.old == "" {
				changed = ""
			}
			files[tt.file] = &fstest.MapFile{Data: []byte(changed)}
			_, err := LoadFS(files)
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("got the error %v, want Problems", err)
			}
			if got := problems[0].Error(); !strings.HasPrefix(got, tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestIsDate(t *testing.T) {
	for _, text := range []string{"1956-02-25", "1956-03", "1956", "1953/1955", "193X", "1962-21", "1954-01/1955-06"} {
		if !isDate(text) {
			t.Errorf("%s is refused", text)
		}
	}
	for _, text := range []string{"", "25 February 1956", "1956-13", "1956-02-30", "1955/1953", "1956/", "19X", "1962-25", "56"} {
		if isDate(text) {
			t.Errorf("%s is taken for a date", text)
		}
	}
}
