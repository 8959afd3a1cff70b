package db

import (
	"strings"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

// tagsOf are the tags of the question of an id, with commas between them.
func tagsOf(id string) string {
	return `COALESCE((SELECT STRING_AGG(g.tag, ',' ORDER BY g.pos) FROM tagged g WHERE g.question = ` + id + `), '')`
}

// untagged takes them apart.
func untagged(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, ",")
}

// putTags stores the tags of a question, if they change.
func putTags(tx *gorm.DB, p *bank.Put) error {
	if p.Tags == nil {
		return nil
	}
	if err := tx.Exec(`DELETE FROM tagged WHERE question = ?`, int64(p.ID)).Error; err != nil {
		return err
	}
	for pos, tag := range bank.CleanTags(*p.Tags) {
		err := tx.Exec(`INSERT INTO tagged (question, folded, tag, pos) VALUES (?, ?, ?, ?)`, int64(p.ID), questions.Fold(tag), tag, pos).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// reindex renews what a search looks in of a question whose tags alone have changed.
func reindex(tx *gorm.DB, id questions.BankID, p *bank.Put) error {
	if p.Tags == nil {
		return nil
	}
	found, err := versions(tx, []questions.Ref{{Question: p.ID, Version: p.Latest}})
	if err != nil || len(found) == 0 {
		return err
	}
	return indexText(tx, id, found[0])
}
