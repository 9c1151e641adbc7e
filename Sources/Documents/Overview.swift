// Pages and pictures: PDF, SVG and PNG through cairo.
//
// A `BusinessDocument` is a quote or an invoice as values, with all texts ready to be read; `PaperLayout` sets it on A4 (`SheetTable`
// its lines, `SheetClosing` its sums), page after page by `Flow`. A `Preview` shows the contours of a drawing (`PreviewContour`) at a
// scale that fits, with its `Legend`; a `ContactSheet` shows many, a `Comparison` what differs between two. All of them draw on a
// `Canvas`.
