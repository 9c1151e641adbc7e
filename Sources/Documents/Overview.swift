// Pages and pictures: PDF, SVG and PNG through cairo.
//
// A `BusinessDocument` is a quote, an invoice or a job card as values with all texts formatted. `PaperLayout` lays it out on A4: `SheetTable`
// makes its lines, `SheetClosing` its sums, and `Flow` breaks them into pages. A `Preview` shows the contours of a drawing (`PreviewContour`) at a
// scale that fits, with a `Legend`; a `ContactSheet` shows many drawings, a `Comparison` the differences between two. A `LabelPrint` is a
// `Label` on each place of a `LabelPaper`, laid out by a `LabelFace` around its `QRCode`. Each is `Renderable`: it has a `Page` and draws
// on a `Canvas` (`Path`, `Image`, text), and `render` makes the bytes. This module contains no texts: `PictureWords` and the texts of a
// `BusinessDocument` come from the caller.
