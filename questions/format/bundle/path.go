package bundle

// Titles is the path of an item's topic by what people call its parts: those that the
// bundle knows by slug have a title, any other is one.
func (b Bundle) Titles(topic []string) []string {
	path := make([]string, len(topic))
	for i, part := range topic {
		path[i] = part
		for _, t := range b.Topics {
			if t.Slug == part && t.Title != "" {
				path[i] = t.Title
			}
		}
	}
	return path
}
