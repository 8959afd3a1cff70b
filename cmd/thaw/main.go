// Command thaw serves Thaw, a quiz and flashcard app that keeps what you learn
// from freezing over.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
