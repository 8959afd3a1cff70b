-- +goose Up
-- What was expected of a sitting when it began: how many of its items that is about
-- (0: nothing was foretold), and of each of those the chance of a right answer.
ALTER TABLE sitting ADD COLUMN foretold INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN mean REAL NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN low INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN high INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN sure REAL NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN chance REAL NOT NULL DEFAULT 0;
