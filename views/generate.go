package views

//go:generate go tool templ generate -include-version=false -path ..
