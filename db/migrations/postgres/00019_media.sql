-- +goose Up
-- A picture or a sound, by a name that says what is in it; owner is who sent it first.
CREATE TABLE media (
    name TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    data BYTEA NOT NULL,
    size BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    made BIGINT NOT NULL
);
CREATE INDEX media_owner ON media (owner);
