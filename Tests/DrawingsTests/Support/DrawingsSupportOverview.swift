// Drawings for the tests.
//
// A `Sketch` is a drawing of a few lines, written in the test. The generators make seeded drawings with the figures that they measure:
// `PartGenerator` parts, `SheetGenerator` drawing sheets, and `GeneratedDrawing` any entities, as DXF (`GeneratedTags`) or as LightBurn
// project (`GeneratedProject`). `SharedDrawings` are real drawings that another program measured.
