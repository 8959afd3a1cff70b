package db

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"time"

	"github.com/klauspost/compress/zstd"
	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
)

var _ bank.ImportStore = Bank{}

// stagedMost is how many bytes of files somebody may have brought in within a day, as
// they are kept.
const stagedMost = 256 << 20

type importRow struct {
	Learner, N, At, Since, Bank             int64
	Token, State, Name, Format, Title, Lang string
	Wish, Numbers, Back                     string
	File                                    []byte
}

const importColumns = `learner, n, token, at, state, since, name, format, bank, title, lang, wish, numbers, back`

func (r importRow) kept() (i bank.Import, err error) {
	i = bank.Import{Owner: questions.LearnerID(r.Learner), N: int(r.N), Token: r.Token, At: at(r.At), State: bank.ImportState(r.State), Since: at(r.Since),
		File: r.Name, Format: r.Format, Bank: questions.BankID(r.Bank), Title: r.Title, Lang: r.Lang, Back: unobject[bank.TakenBack](r.Back),
		Wish: unobject[bank.Wish](r.Wish), Numbers: unobject[bank.Numbers](r.Numbers)}
	if len(r.File) > 0 {
		err = unpack(r.File, &i.Bundle)
	}
	return i, err
}

// object stores a value of ours.
func object(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}

// unobject reads what object has stored.
func unobject[T any](raw string) (v T) {
	if raw != "" {
		_ = json.Unmarshal([]byte(raw), &v) // written by us
	}
	return v
}

// pack compresses a value.
func pack(v any) ([]byte, error) {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	if err := gob.NewEncoder(z).Encode(v); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

// unpack reads what pack has compressed.
func unpack(raw []byte, into any) error {
	z, err := zstd.NewReader(bytes.NewReader(raw), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer z.Close()
	return gob.NewDecoder(z).Decode(into)
}

// AddImport implements bank.ImportStore.
func (s Bank) AddImport(ctx context.Context, i bank.Import) (n int, err error) {
	file, err := pack(i.Bundle)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, i.Owner); err != nil {
			return err
		}
		n, err = addImport(straight(tx), i, file)
		return err
	})
	return n, orphaned(err)
}

func addImport(d direct, i bank.Import, file []byte) (int, error) {
	who := int64(i.Owner)
	n, err := d.number(`SELECT COALESCE(MAX(n), 0) FROM import WHERE learner = ? AND token = ?`, who, i.Token)
	if err != nil || n != 0 {
		return int(n), err
	}
	held, err := d.number(`SELECT COALESCE(SUM(LENGTH(file)), 0) FROM import WHERE learner = ?`, who)
	if err != nil {
		return 0, err
	}
	if held+int64(len(file)) > stagedMost {
		return 0, fault.New(fault.Denied, "import.full", stagedMost>>20)
	}
	if n, err = d.number(`SELECT COALESCE(MAX(n), 0) + 1 FROM import WHERE learner = ?`, who); err != nil {
		return 0, err
	}
	_, err = d.exec(`INSERT INTO import (`+importColumns+`, made, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?)`,
		who, n, i.Token, ms(i.At), string(i.State), ms(i.Since), i.File, i.Format, int64(i.Bank), i.Title, i.Lang, object(i.Wish), object(i.Numbers), []byte{}, file)
	return int(n), err
}

// Import implements bank.ImportStore.
func (s Bank) Import(ctx context.Context, who questions.LearnerID, n int) (bank.Import, error) {
	var row importRow
	if err := one(s.reader(ctx).Raw(`SELECT `+importColumns+`, file FROM import WHERE learner = ? AND n = ?`, int64(who), n), &row); err != nil {
		return bank.Import{}, err
	}
	return row.kept()
}

// Imports implements bank.ImportStore.
func (s Bank) Imports(ctx context.Context, who questions.LearnerID) ([]bank.Import, error) {
	var rows []importRow
	err := s.reader(ctx).Raw(`SELECT `+importColumns+` FROM import WHERE learner = ? ORDER BY n DESC`, int64(who)).Scan(&rows).Error
	list := make([]bank.Import, len(rows))
	for k, r := range rows {
		list[k], _ = r.kept() // no file, no error
	}
	return list, err
}

// SetImport implements bank.ImportStore.
func (s Bank) SetImport(ctx context.Context, i bank.Import) error {
	file, err := pack(i.Bundle)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		n, err := straight(tx).exec(`UPDATE import SET bank = ?, title = ?, wish = ?, numbers = ?, file = ? WHERE learner = ? AND n = ? AND state = 'staged'`,
			int64(i.Bank), i.Title, object(i.Wish), object(i.Numbers), file, int64(i.Owner), i.N)
		if err == nil && n == 0 {
			err = missing()
		}
		return err
	})
}

// SweepImports implements bank.ImportStore.
func (s Bank) SweepImports(ctx context.Context, before time.Time, most int) (int, error) {
	var rows []importRow
	if err := s.reader(ctx).Raw(`SELECT learner, n FROM import WHERE since < ? ORDER BY since LIMIT ?`, ms(before), most).Scan(&rows).Error; err != nil || len(rows) == 0 {
		return 0, err
	}
	n := 0
	err := s.write(ctx, func(tx *gorm.DB) error {
		n = 0
		for _, r := range rows {
			gone, err := straight(tx).exec(`DELETE FROM import WHERE learner = ? AND n = ? AND since < ?`, r.Learner, r.N, ms(before))
			if err != nil {
				return err
			}
			n += int(gone)
		}
		return nil
	})
	return n, err
}
