package csv_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"thaw/questions/format/bundle"
	"thaw/questions/format/csv"
)

func seeds(f *testing.F) {
	f.Helper()
	for _, s := range []string{
		"a,b\nc,d\n", "\"a\"\"\n\",b,x y\n", "sep=;\na;b\n", "#separator:tab\n#html:true\n#columns:Front\tBack\tTags\n<b>a</b>\tb\tx\n# no\n",
		"id,type,question,option1,option2,correct,slack,part,match,markup\nq1,cloze,a {{1}} b {{2}},x,y,\"1, 2\",,\"1, 2\",\"term, date\",markdown\n",
		"type;question;option1;option2;correct;feedback1\nmatch;q;a -> b;c → d;;\ntrue/false;q;;;falsch;\nnumber;q;;;5 ± 2;\n",
		"a\t{{c1::b::hint}}\n", "\xFF\xFEa\x00,\x00b\x00", "caf\xE9;b", "'=1,''=2\n\"unclosed,b\nc,\"d\" e\n", "tags: a b\na\tb\n", "A,B,Question,Correct\n1,2,3,A\n",
	} {
		f.Add([]byte(s))
	}
}

// FuzzRead holds that nothing is lost between what a file has and what is said of it, and
// that what was read can be written and read again.
func FuzzRead(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		in := bundle.Of("a.csv", data)
		csv.Sniff(in)
		b, err := csv.Read(context.Background(), in)
		if err != nil {
			if why(err) == "" {
				t.Errorf("got %v, want an Unreadable", err)
			}
			return
		}
		var out bytes.Buffer
		if _, err := csv.Write(context.Background(), &out, b, bundle.Options{}); err != nil {
			t.Fatal(err)
		}
		if len(b.Items) == 0 {
			return
		}
		again, err := csv.Read(context.Background(), bundle.Of("", out.Bytes()))
		if err != nil || len(again.Items) != len(b.Items) {
			t.Errorf("read %d again, %v; want %d:\n%s", len(again.Items), err, len(b.Items), out.String())
		}
	})
}

// FuzzPasted holds that every letter of a text that is parted by chosen separators is
// somewhere in what was read.
func FuzzPasted(f *testing.F) {
	f.Add("a\tb\nc\td", "\t", "\n")
	f.Add("a - b; c - d - e", " - ", ";")
	f.Fuzz(func(t *testing.T, text, column, row string) {
		if strings.ContainsRune(text, 0) || column == "" || row == "" {
			t.Skip()
		}
		b, err := csv.ReadWith(context.Background(), bundle.Of("", []byte(text)), csv.Options{Column: column, Row: row})
		if err != nil {
			return
		}
		cards := 0
		for _, card := range strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\uFFFD")), strings.ReplaceAll(row, "\r\n", "\n")) {
			if strings.TrimSpace(strings.Replace(card, column, "", 1)) != "" {
				cards++
			}
		}
		if !strings.Contains(text, "\xEF\xBB\xBF") && strings.ToValidUTF8(text, "") == text && b.Total() != cards {
			t.Errorf("%d items and problems, want %d", b.Total(), cards)
		}
	})
}
