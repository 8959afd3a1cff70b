-- +goose Up
-- The chance of a right answer without knowing, of the form that was shown: a right
-- answer moves a card by what it says. Answers until now count as they did.
ALTER TABLE mark ADD COLUMN guess DOUBLE PRECISION NOT NULL DEFAULT 0;
