package apkg_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"thaw/questions/format/apkg"
	"thaw/questions/format/bundle"
)

// squeezed is data in Zstandard.
func squeezed(t testing.TB, data []byte, o ...zstd.EOption) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil, append(o, zstd.WithEncoderLevel(zstd.SpeedFastest))...)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(data, nil)
}

// entry is an archive with one entry of a header.
func entry(t testing.TB, h zip.FileHeader, data string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateHeader(&h)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, data)
	z.Close()
	return out.Bytes()
}

func link() zip.FileHeader {
	h := zip.FileHeader{Name: "collection.anki2"}
	h.SetMode(0o777 | os.ModeSymlink)
	return h
}

// crowded is an archive of many empty files.
func crowded(t testing.TB, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	return out.Bytes()
}

// lying is an archive that says another size of its first file than it has.
func lying(data []byte) []byte {
	data = bytes.Clone(data)
	at := bytes.Index(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], 100)
	return data
}

// endless is a collection whose log is a tree in which every page leads a hundred times
// to the next: the one row comes again without end.
func endless(t testing.TB) []byte {
	data := deck{more: []string{"insert into revlog values (1, 1, 0, 3, 1, 1, 0, 0, 0)"}}.database(t)
	size := int(binary.BigEndian.Uint16(data[16:]))
	root := 5 // col, notes, cards, revlog
	leaf := bytes.Clone(data[(root-1)*size : root*size])
	for level := range 12 {
		page := make([]byte, size)
		next := uint32(len(data)/size + 1 + min(level, 1))
		page[0] = 5
		binary.BigEndian.PutUint16(page[3:], 100)
		binary.BigEndian.PutUint16(page[5:], uint16(size-500))
		binary.BigEndian.PutUint32(page[8:], next)
		for i := range 100 {
			cell := size - 500 + 5*i
			binary.BigEndian.PutUint16(page[12+2*i:], uint16(cell))
			binary.BigEndian.PutUint32(page[cell:], next)
			page[cell+4] = byte(i)
		}
		if level == 0 {
			copy(data[(root-1)*size:], page)
			continue
		}
		data = append(data, page...)
	}
	data = append(data, leaf...)
	binary.BigEndian.PutUint32(data[28:], uint32(len(data)/size))
	return data
}

// The most memory that reading may take where it comes to nothing.
const most = 100 << 20

func TestHostile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	model := noteType(0, []string{"F", "B"}, "{{F}}", "{{B}}")
	d := func(more ...string) []byte { return deck{models: model, more: more}.pack(t) }
	zeros := make([]byte, 32<<20)
	many := `with recursive c(i) as (select 1 union all select i + 1 from c where i < 200000) insert into `
	honest := deck{models: model, notes: []row{{1, "g", 5, "", "a\x1fb"}}, cards: []row{{1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, ""}}}.database(t)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"bomb":              {zipped(t, "collection.anki2", zeros), "format.zip_large"},
		"latest bomb":       {zipped(t, "meta", []byte{8, 3}, "collection.anki21b", squeezed(t, zeros)), "format.zip_large"},
		"wide window":       {zipped(t, "meta", []byte{8, 3}, "collection.anki21b", squeezed(t, append(honest, zeros...), zstd.WithWindowSize(64<<20), zstd.WithSingleSegment(false))), "format.zip_broken"},
		"not compressed":    {zipped(t, "meta", []byte{8, 3}, "collection.anki21b", honest), "format.zip_broken"},
		"meta bomb":         {zipped(t, "meta", zeros, "collection.anki2", honest), "format.zip_large"},
		"list bomb":         {zipped(t, "collection.anki2", honest, "media", zeros), "a"},
		"media bomb":        {zipped(t, "collection.anki2", honest, "media", []byte(`{"0":"a","1":"b","2":"c","3":"d"}`), "0", zeros, "1", zeros, "2", zeros), "format.zip_large"},
		"many files":        {crowded(t, 100_000), "format.zip_entries"},
		"leaves its folder": {entry(t, zip.FileHeader{Name: "../collection.anki2"}, "x"), "format.zip_escapes"},
		"link":              {entry(t, link(), "/etc/passwd"), "format.zip_escapes"},
		"lying size":        {lying(zipped(t, "collection.anki2", honest)), "format.zip_broken"},
		"endless view":      {d("drop table notes", "create view notes as with recursive n(id) as (select 1 union all select id + 1 from n) select id, 'g' guid, 5 mid, '' tags, 'a' flds, '' data from n"), "format.apkg_odd"},
		"hidden view":       {d("pragma writable_schema=on", "update sqlite_master set sql='create view notes as select 1', type='table' where name='notes'"), "format.apkg_broken"},
		"trigger":           {d("create trigger x after insert on notes begin insert into notes select * from notes; end"), "format.apkg_odd"},
		"computed column":   {d("alter table notes add column slow text as (hex(zeroblob(1000000)))"), "format.apkg_odd"},
		"huge cell":         {d("insert into notes values (1, 'g', 5, 0, 0, '', hex(randomblob(10000000)), '', 0, 0, '')"), "nothing"},
		"huge list":         {d("update col set models = hex(randomblob(10000000))"), "format.apkg_broken"},
		"list of millions":  {d("update col set decks = '{\"1\":{}' || replace(hex(zeroblob(300000)), '00', ',\"1\":{}') || '}'"), "format.apkg_broken"},
		"many notes":        {d(many + "notes select i, 'g' || i, 5, 0, 0, '', 'a' || char(31) || 'b', '', 0, 0, '' from c"), "format.apkg_many"},
		"many cards":        {d(many + "cards select i, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '' from c"), "format.apkg_many"},
		"long cards": {deck{models: noteType(0, []string{"F", "B"}, "{{F}}"+strings.Repeat("{{F}}", 200), "{{B}}"), more: []string{
			"insert into notes values (1, 'g', 5, 0, 0, '', replace(hex(zeroblob(80000)), '00', 'ab ') || char(31) || 'b', '', 0, 0, '')",
			many + "cards select i, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '' from c limit 100000"}}.pack(t), "format.apkg_large"},
		"many tables":    {zipped(t, "collection.anki2", wide(t)), "format.apkg_broken"},
		"endless table":  {zipped(t, "collection.anki2", endless(t)), "format.apkg_broken"},
		"no table":       {d("drop table revlog"), "format.apkg_broken"},
		"no collection":  {d("delete from col"), "format.apkg_broken"},
		"a later schema": {d("update col set ver = 19"), "format.apkg_new"},
	} {
		t.Run(name, func(t *testing.T) {
			got, memory := "", uint64(0)
			memory = peak(func() { got = outcome(apkg.Read(context.Background(), bundle.Of("x.apkg", c.data))) })
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if memory > most {
				t.Errorf("took %d MB", memory>>20)
			}
		})
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "thaw-apkg-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Texts that would keep a careless reader busy are read, as text where nothing else is
// left of them, and every card is told of.
func TestLaborious(t *testing.T) {
	for name, c := range map[string]struct {
		cloze  int
		fields string
	}{
		"many gaps":    {1, strings.Repeat("{{c1::a}}", 20_000)},
		"nested gaps":  {1, strings.Repeat("{{c1::", 20_000) + strings.Repeat("}}", 20_000)},
		"many nested":  {0, strings.Repeat("<b x=1><i>", 300) + strings.Repeat("<p>x", 40_000)},
		"lists":        {0, strings.Repeat("<ul><li>", 20_000)},
		"reopened":     {0, reopened()},
		"long key":     {0, "x\x1f" + strings.Repeat("25 february 1956 ", 14_000)},
		"long formula": {0, `\(` + strings.Repeat(`\frac{x`, 30_000) + `\)`},
		"emphasis":     {0, strings.Repeat("*_`[", 50_000) + strings.Repeat("\\(", 10_000)},
		"readings":     {0, strings.Repeat("x[", 100_000)},
	} {
		t.Run(name, func(t *testing.T) {
			d := deck{models: noteType(c.cloze, []string{"F", "B"}, "{{cloze:furigana:F}}{{type:B}}", "{{F}}{{B}}"),
				notes: []row{{1, "g", 5, "", c.fields}}, cards: []row{{1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, ""}}}
			data := d.pack(t)
			var b bundle.Bundle
			var err error
			if memory := peak(func() { b, err = apkg.Read(context.Background(), bundle.Of("x.apkg", data)) }); memory > most {
				t.Errorf("took %d MB", memory>>20)
			}
			if err != nil || b.Total() != 1 {
				t.Errorf("%v, %d of 1 card", err, b.Total())
			}
		})
	}
}

// reopened is HTML in which each of many paragraphs opens again what was open before.
func reopened() string {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "<b a=%d>", i)
	}
	return b.String() + strings.Repeat("<p>x", 40_000)
}

// wide is a collection of a thousand tables.
func wide(t testing.TB) []byte {
	var more []string
	for i := range 1000 {
		more = append(more, fmt.Sprintf("create table t%d (a)", i))
	}
	return deck{more: more}.database(t)
}

// peak is how much the heap grows at most while something is done. The limit has the
// collector keep up, so that what counts is what is held.
func peak(do func()) uint64 {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	limit := debug.SetMemoryLimit(int64(before.HeapAlloc) + most*3/4)
	defer debug.SetMemoryLimit(limit)
	var done atomic.Bool
	highest := make(chan uint64)
	go func() {
		high := uint64(0)
		for !done.Load() {
			runtime.ReadMemStats(&now)
			high = max(high, now.HeapAlloc)
			time.Sleep(5 * time.Millisecond)
		}
		highest <- high
	}()
	do()
	done.Store(true)
	return max(<-highest, before.HeapAlloc) - before.HeapAlloc
}

// Whatever is cut off or changed, nothing breaks but the reading.
func TestTruncated(t *testing.T) {
	data := written(t, bank(), bundle.Options{Learned: true})
	for n := 0; n < len(data); n += 1 + len(data)/200 {
		if b, err := apkg.Read(context.Background(), bundle.Of("x.apkg", data[:n])); err == nil {
			t.Errorf("%d of %d bytes: got %d items and no error", n, len(data), len(b.Items))
		}
	}
}

// A reader that is called off stops.
func TestCalledOff(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := apkg.Read(ctx, bundle.Of("x.apkg", written(t, bank(), bundle.Options{}))); err == nil {
		t.Error("read all the same")
	}
}
