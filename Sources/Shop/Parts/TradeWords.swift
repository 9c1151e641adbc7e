/// Words that are common in the file names of laser-cut parts, in lower case.
enum TradeWords {
    /// Abbreviations of materials and the words for them. `Other` is missing because it says nothing.
    static let materials: [(code: String, names: [String])] = [
        ("MS", ["ms", "mild steel", "mild", "steel", "stahl", "staal", "acier", "acero", "acciaio", "stal"]),
        (
            "SS",
            [
                "ss", "stainless steel", "stainless", "inox", "edelstahl", "rvs", "vlekvrye staal", "acier inox", "acero inoxidable",
                "acciaio inox", "inoxidable",
            ]
        ),
        ("GALV", ["galv", "galvanized steel", "galvanised steel", "galvanized", "galvanised", "verzinkt"]),
        ("AL", ["al", "aluminum", "aluminium", "alu", "aluminio", "alluminio"]),
        ("CS", ["cs", "carbon steel", "carbon"]),
        ("VAST", ["vast", "vastrap", "vas"]),
        ("BR", ["br", "brass", "messing", "laiton", "ottone"]),
        ("CU", ["cu", "copper", "kupfer", "koper", "cuivre"]),
        ("ZN", ["zn", "zinc"]),
        ("ACRYLIC", ["acrylic", "perspex", "plexiglas"]),
        ("MDF", ["mdf"]),
        ("WOOD", ["wood", "plywood"]),
        ("S235", ["s235"]), ("S275", ["s275"]), ("S355", ["s355"]),
    ]

    /// Words that only mean steel.
    static let steel: Set<String> = ["steel", "stahl", "staal", "acier", "acero", "acciaio", "stal"]

    /// Words that before `steel` name a steel that is not known here.
    static let otherSteels: Set<String> = [
        "spring", "tool", "silicon", "electrical", "weathering", "armour", "armor", "alloy", "boron", "duplex", "speed", "hardened", "wear",
    ]

    /// Abbreviations that are also words of a language, so that they say nothing on their own.
    static let language: Set<String> = Set(materials.flatMap(\.names).filter { $0.utf8.count > 4 })
        .union(["wood", "zinc", "mild", "steel", "vast", "stal", "inox"])

    /// Grades that follow a material and are not a thickness: SS 304, AL 6082.
    static let grades: Set<String> = [
        "201", "275", "300", "304", "316", "321", "350", "355", "409", "430", "441", "1050", "1060", "1200", "2024", "3003", "5005", "5052",
        "5083", "5251", "5754", "6061", "6063", "6082", "7075",
    ]

    static let finishes: [(words: [String], name: String)] = [
        (["powder", "coated"], "powder coated"), (["powder", "coat"], "powder coated"), (["powdercoated"], "powder coated"),
        (["powdercoat"], "powder coated"), (["hot", "dip", "galvanised"], "hot-dip galvanised"), (["hdg"], "hot-dip galvanised"),
        (["hot", "dip", "galvanized"], "hot-dip galvanised"), (["zinc", "plated"], "zinc plated"), (["painted"], "painted"),
        (["primed"], "primed"), (["brushed"], "brushed"), (["polished"], "polished"), (["anodised"], "anodised"),
        (["anodized"], "anodised"), (["deburred"], "deburred"), (["sandblasted"], "sandblasted"),
    ]

    static let thickness: Set<String> = ["thk", "thick", "thickness", "dicke", "dick", "dik", "dikte", "epaisseur", "épaisseur"]

    /// Words before a number of pieces.
    static let counts: Set<String> = [
        "qty", "quantity", "qnty", "qtty", "anz", "anzahl", "menge", "stückzahl", "aantal", "cant", "cantidad", "qte", "quantité",
    ]

    /// Words after a number of pieces.
    static let pieces: Set<String> = [
        "off", "pcs", "pc", "pce", "pces", "pieces", "piece", "ea", "each", "qty", "stk", "stück", "stueck", "stuks", "nos", "noff", "pz",
        "pza", "pzas", "uds", "szt", "units", "copies", "reqd", "required",
    ]

    /// Words next to `4x` that count features of one part or give a dimension.
    static let inOnePart: Set<String> = [
        "hole", "holes", "slot", "slots", "bolt", "bolts", "screw", "screws", "thread", "threads", "bend", "bends", "tapped", "csk",
        "countersunk", "dia", "scale", "zoom", "size", "speed", "lens", "fold", "folds", "leds", "keys",
    ]

    /// Words before a length that is not a thickness.
    static let measures: Set<String> = [
        "dia", "diameter", "radius", "rad", "od", "id", "bore", "width", "length", "height", "gap", "pitch", "offset", "spacing", "pcd",
        "dn",
        "depth", "ø",
    ]

    /// Words after a length that is not a thickness, or after a material that is not that of the part: `20mm tube`, `12mm brass rod`.
    static let things: Set<String> = measures.union([
        "hole", "holes", "wide", "long", "high", "deep", "cable", "pipe", "tube", "bolt", "bolts", "rod", "extrusion", "profile", "hex",
        "socket", "slot", "slots", "centres", "centers", "bearing", "shaft", "pin", "screw", "screws", "dowel", "nut", "nuts", "wire",
        "led",
        "hose", "rail", "bar", "magnet", "ball", "fan", "grid", "thread", "bush", "insert",
    ])

    /// Words before the use of a part: `for 12mm brass rod`.
    static let purposes: Set<String> = [
        "for", "fits", "fit", "suits", "suit", "holds", "on", "onto", "für", "fuer", "pour", "para", "vir", "voor", "per", "dla", "to",
    ]

    /// Words before a number that identifies something: `rev 2`, `job 12`.
    static let labels: Set<String> = [
        "rev", "revision", "v", "ver", "version", "part", "no", "nr", "item", "step", "op", "fig", "type", "model", "mk", "issue", "pos",
        "teil", "batch", "lot", "set", "phase", "side", "job", "order", "po", "quote", "qt", "inv", "drawing", "drg", "dwg", "sheet", "rfq",
        "ref", "project", "assembly", "assy", "level", "unit", "page", "class", "section", "stage", "series", "line", "opt", "option",
    ]

    /// Words that a folder name may contain besides a thickness.
    static let folders: Set<String> = [
        "parts", "part", "sheet", "sheets", "plate", "plates", "cut", "cutting", "laser", "dxf", "dxfs", "thick", "files", "blech",
        "material",
        "stock", "all", "lasercut",
    ]
}
