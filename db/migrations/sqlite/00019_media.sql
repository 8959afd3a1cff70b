-- +goose Up
-- A picture or a sound, by a name that says what is in it; owner is who sent it first.
CREATE TABLE media (
    name TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    data BLOB NOT NULL,
    size INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    made INTEGER NOT NULL
) STRICT;
CREATE INDEX media_owner ON media (owner);
