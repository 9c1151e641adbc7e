// Drawings for the tests.
//
// A `Sketch` is a drawing of a few entities, written in the test. The generators make seeded drawings together with their expected
// measurements: `PartGenerator` parts, `SheetGenerator` drawing sheets, and `GeneratedDrawing` any entities, as DXF (`GeneratedTags`) or as
// a LightBurn project (`GeneratedProject`). `SharedDrawings` are real drawings measured by another program.
