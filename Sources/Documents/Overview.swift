// Pages and pictures: PDF, SVG and PNG through cairo.
//
// A `BusinessDocument` is a quote or an invoice as values, with all texts ready to be read; `PaperLayout` sets it on A4 (`SheetTable`
// its lines, `SheetClosing` its sums), page after page by `Flow`. A `Preview` shows the contours of a drawing (`PreviewContour`) at a
// scale that fits, with its `Legend`; a `ContactSheet` shows many, a `Comparison` what differs between two. Each is `Renderable`: it
// names its `Page` and draws on a `Canvas` (`Path`, `Image`, text), and `render` makes the bytes. No words of a page are made here:
// `PictureWords` and the texts of a `BusinessDocument` come from outside.
