package kind_test

import (
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/kind"
)

// kindAt picks a kind by a number.
func kindAt(n uint8) (kind.Kind, sample) {
	k := kind.All()[int(n)%len(kind.All())]
	return k, samples[k.Name()]
}

// Whatever a response holds, it is refused or marked, the same each time, and
// can be shown.
func FuzzGrade(f *testing.F) {
	for i := range kind.All() {
		for _, r := range []string{"", "\x00", "Khrushchev\x00", "Chruschtschow\x001956", "\x00\x00", "1", "1\x002", "1\x003", "2\x001", "1\x002\x003\x004", "688 503", "25.2.1956", "4\x003\x002\x001", "1\x001\x001\x001", "\x00\x00\x00", "1\x002\x003", "show", "good", "\xff", "+1", strings.Repeat("9", 400)} {
			f.Add(uint8(i), r) // #nosec G115 -- a few kinds
		}
	}
	f.Fuzz(func(t *testing.T, n uint8, given string) {
		k, s := kindAt(n)
		r := questions.Response(strings.Split(given, "\x00"))
		marks, err := k.Grade(s.version, questions.Lexicon{}, r)
		if err != nil && !errors.Is(err, kind.ErrResponse) {
			t.Fatalf("%s of %q: %v, want ErrResponse", k.Name(), r, err)
		}
		again, _ := k.Grade(s.version, questions.Lexicon{}, r)
		if !reflect.DeepEqual(marks, again) {
			t.Fatalf("%s of %q: %+v, then %+v", k.Name(), r, marks, again)
		}
		if len(marks) > 0 && !s.fits(marks) {
			t.Fatalf("%s of %q: got %+v, want a mark for each part", k.Name(), r, marks)
		}
		for _, m := range marks {
			full := m.Verdict == questions.Right || m.Verdict == questions.Slip
			if !(m.Credit >= 0 && m.Credit <= 1) || full != (m.Credit == 1) {
				t.Fatalf("%s of %q: got %+v", k.Name(), r, m)
			}
		}
		k.Words(asked(s.version), r)
		draw(t, k.Show(asked(s.version), r, marks))
	})
}

// Whatever text an author writes, each gap has its field, wherever Markdown puts it,
// and the text is read again as it was.
func FuzzGaps(f *testing.F) {
	for _, prompt := range []string{"By {{Khrushchev}} on {{25 February 1956}}.", "*{{a}}* [b]({{c}}) `{{d}}`", "{{{{a}}}}", "{{ 1956 }}\n\n{{}}", "\uE000{{\uE000}}", "[{{a}}]: /x", "<b {{a}}>", "![{{a}}](/media/{{b}})", strings.Repeat("{{a}}", 30)} {
		f.Add(prompt)
	}
	k, _ := kind.Of(questions.Cloze)
	f.Fuzz(func(t *testing.T, prompt string) {
		if !utf8.ValidString(prompt) || strings.ContainsFunc(prompt, unicode.IsControl) {
			return
		}
		v := k.Read(url.Values{"prompt": {prompt}})
		page := draw(t, k.Ask(asked(v)))
		if got := strings.Count(page, `name="answer"`); got != kind.Parts(v) {
			t.Fatalf("%q has %d gaps and %d fields:\n%s", prompt, kind.Parts(v), got, page)
		}
		if strings.Contains(page, "<script") || strings.Contains(page, "<img") || strings.Contains(page, "<a ") {
			t.Fatalf("%q lets markup through:\n%s", prompt, page)
		}
		again := k.Read(fields(t, draw(t, k.Edit(questions.Editing{Version: v, Say: words}))))
		if again.Prompt != v.Prompt || !reflect.DeepEqual(again.Answers, v.Answers) {
			t.Fatalf("%q is read as %+v\nand again as %+v", prompt, v, again)
		}
		kind.Line(v)
		for n := 1; n <= kind.Parts(v); n++ {
			kind.Part(v, n)
		}
	})
}

// What an editor's form says is kept: shown again and read again, it is the same,
// and each fault has its place in the editor.
func FuzzRead(f *testing.F) {
	for i := range kind.All() {
		f.Add(uint8(i), "What?", "false", "a\nb", "1", "2", "0.5", "Why", "remember", "1") // #nosec G115 -- a few kinds
		f.Add(uint8(i), "", "-1,5e3", "31 Feb 1956", "</textarea><b>", "", "-1", "", "", "2")
		f.Add(uint8(i), "{{A}} and {{12.5}}, *{{a}}* {{}} [x]({{ 3 May 1956 }}) {{{b}}}", "A", "B", "C", "D", "2", "no", "remember", "1") // #nosec G115
		f.Add(uint8(i), "?", "1953-55", "30s", " a  b ", "1", "1e999", "x", "guess", "")
	}
	f.Fuzz(func(t *testing.T, n uint8, prompt, key, accept, option, why, slack, explain, level, mark string) {
		k, _ := kindAt(n)
		form := url.Values{"prompt": {prompt}, "accept": {accept}, "option": {option, "second", ""}, "why": {why, "", why}, "slack": {slack},
			"explain": {explain}, "level": {"apply"}, "lang": {"en"}, "match": {"place"}, "fact": {"7"}, "credit": {"", ".25", level}, "key": {key, mark}, "when": {key, accept}, "tie": {mark}, "place": {mark, level, "1"}, "belongs": {why, option},
			"gap-1": {key}, "match-1": {"date"}, "accept-1": {accept}, "option-1": {option, ""}, "why-1": {"", why}, "credit-1": {".5"}, "fact-1": {"8"},
			"gap-2": {accept}, "match-2": {mark}, "slack-2": {slack}}
		for _, values := range form {
			for _, text := range values {
				if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
					return // a browser sends no such text
				}
			}
		}
		v := k.Read(form)
		problems := k.Check(v)
		page := draw(t, k.Edit(questions.Editing{Version: v, Say: words, Problems: problems, Rows: kind.Rows(form)}))
		for _, p := range problems {
			if !strings.Contains(page, `id="`+p.ID()+`"`) || !strings.Contains(page, `id="`+p.ID()+`-error"`) {
				t.Fatalf("%s: %+v has no place in the editor", k.Name(), p)
			}
		}
		sent := fields(t, page)
		if got := k.Read(sent); !reflect.DeepEqual(got, v) {
			t.Fatalf("%s: %+v\nread again as %+v", k.Name(), v, got)
		}
	})
}
