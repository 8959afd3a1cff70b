package views

import (
	"context"
	"strconv"

	"thaw/views/chart"
	"thaw/views/ui"
)

func number(n int) string { return strconv.Itoa(n) }

// dots are the shell's.
func dots(list []Dot) []ui.Dot {
	drawn := make([]ui.Dot, len(list))
	for i, d := range list {
		drawn[i] = ui.Dot(d)
	}
	return drawn
}

// options are the shell's.
func options(list []Option) []ui.Option {
	drawn := make([]ui.Option, len(list))
	for i, o := range list {
		drawn[i] = ui.Option{Value: o.Value, Text: o.Text, Chosen: o.Chosen}
	}
	return drawn
}

// topicOptions puts all topics, mixed, before each one.
func topicOptions(ctx context.Context, list []Option) []ui.Option {
	mixed := Option{Value: "0", Text: say(ctx, "today.mixed")}
	return options(append([]Option{mixed}, list...))
}

// stack is a chart of topics on the thaw scale.
func stack(ctx context.Context, id, title string, topics []TopicThaw) chart.Stack {
	s := chart.Stack{Lang: FrameOf(ctx).Lang, ID: id, Title: title}
	for _, t := range topics {
		s.Rows = append(s.Rows, chart.Row{Title: t.Title, Counts: t.Counts})
	}
	return s
}

// figures are the numbers of the progress page.
func figures(ctx context.Context, p Progress) []ui.Figure {
	list := []ui.Figure{{Value: number(p.Due), Label: say(ctx, "progress.due")}}
	if p.Recall != "" {
		list = append(list, ui.Figure{Value: p.Recall, Label: say(ctx, "progress.recall_label"), Note: p.RecallNote})
	}
	return list
}

// foresightColumns are those of expected against what came.
func foresightColumns(ctx context.Context) []ui.Column {
	columns := []ui.Column{{Text: say(ctx, "forecast.what")}}
	for _, name := range []string{"forecast.of", "forecast.expected", "forecast.came", "forecast.sure"} {
		columns = append(columns, ui.Column{Text: say(ctx, name), Number: true})
	}
	return columns
}

// numbers are the columns of a table: the weights' names, then numbers.
func numbers(ctx context.Context, names []string) []ui.Column {
	columns := []ui.Column{{Text: say(ctx, "memory.weights")}}
	for _, name := range names {
		columns = append(columns, ui.Column{Text: name, Number: true})
	}
	return columns
}
