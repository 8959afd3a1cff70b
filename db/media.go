package db

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/questions"
	"thaw/questions/media"
)

var _ bank.MediaStore = Bank{}

// mediaRow is a picture or a sound.
type mediaRow struct {
	Name  string
	Type  string
	Data  []byte
	Size  int64
	Owner int64
	Made  int64
}

// AddMedia implements bank.MediaStore.
func (s Bank) AddMedia(ctx context.Context, who questions.LearnerID, files []media.File, atMost int64, made time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error { return putMedia(tx, who, files, atMost, made) })
}

// putMedia keeps files for their owner; what is kept already stays whose it is.
func putMedia(tx *gorm.DB, who questions.LearnerID, files []media.File, atMost int64, made time.Time) error {
	for _, f := range files {
		row := mediaRow{f.Name, f.Type, f.Data, int64(len(f.Data)), int64(who), ms(made)}
		if err := tx.Table("media").Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
	}
	held, err := straight(tx).number(`SELECT COALESCE(SUM(size), 0) FROM media WHERE owner = ?`, int64(who))
	if err == nil && held > atMost {
		err = fault.New(fault.Denied, "fault.media_full", atMost>>20)
	}
	return err
}

// Media implements bank.MediaStore.
func (s Bank) Media(ctx context.Context, name string) (media.File, error) {
	var row mediaRow
	if err := one(s.reader(ctx).Raw(`SELECT name, type, data FROM media WHERE name = ?`, name), &row); err != nil {
		return media.File{}, err
	}
	return media.File{Name: row.Name, Type: row.Type, Data: row.Data}, nil
}

// forgetMedia takes out what somebody has sent and no wording shows any more.
func forgetMedia(d direct, who int64) error {
	_, err := d.exec(`DELETE FROM media WHERE owner = ? AND owner <> 0
		AND NOT EXISTS (SELECT 1 FROM version v WHERE v.prompt LIKE '%/media/' || media.name || '%' OR v.explain LIKE '%/media/' || media.name || '%')
		AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.text LIKE '%/media/' || media.name || '%')`, who)
	if err == nil {
		_, err = d.exec(`UPDATE media SET owner = 0 WHERE owner = ?`, who)
	}
	return err
}
