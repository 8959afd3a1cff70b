package db

// syncFolder does nothing: names are durable when they are made.
func syncFolder(string) error { return nil }
