extension Processes {
    /// The common meanings of names in drawings. A name that can also be that of a part has no rule, so that its lines are cut: a price
    /// that is too high is noticed, a line that is not cut is not.
    package static let standard = Processes(rules: programs + english + words + lineTypes, text: "standard")

    /// Makes rules of patterns separated by blanks.
    private static func rules(_ subject: Subject, _ process: Process, _ patterns: String) -> [Rule] {
        patterns.split(whereSeparator: \.isWhitespace).map { Rule(subject, $0, process) }
    }

    /// Flat patterns of Inventor, Fusion, Onshape, SolidWorks and Solid Edge: lines at the extents of a bend are not bend lines, and edges
    /// that do not go through the sheet are not cut.
    private static let programs: [Rule] =
        rules(
            .layer, .ignore,
            """
            IV_TANGENT* IV_ROLL_TANGENT* IV_FEATURE_PROFILE* IV_ALTREP* IV_UNCONSUMED* *BEND*EXTENT* *BEND*TANGENT* *TANGENT*LINE*
            *TANGENT*EDGE* BOUNDING*BOX* *FORMING*TOOL*
            """)
        + rules(.layer, .centre, "IV_TOOL_CENTER* IV_ARC_CENTER*")
        + rules(.layer, .bend, "IV_ROLL *UP_CENTERLINE* *DOWN_CENTERLINE* *UP_CENTRELINE* *DOWN_CENTRELINE*")
        + rules(.layer, .mark, "IV_MARK_SURFACE*")

    private static let english: [Rule] =
        rules(.layer, .bend, "*BEND* BIEGE* FOLD*")
        + rules(.layer, .engrave, "*ENGRAV* *GRAVUR* ETCH* *_ETCH* *-ETCH*")
        + rules(.layer, .mark, "MARK* SCRIBE*")
        + rules(.layer, .centre, "CENTER CENTRE CENTERS CENTRES CENTER*LINE* CENTRE*LINE* *CENTER*MARK* *CENTRE*MARK*")
        + rules(.layer, .ignore, "DEFPOINTS DIM DIMS DIMENSION* CONSTRUCTION*")

    /// Words of a layer's name in German, French, Italian, Spanish, Portuguese, Dutch, Afrikaans and Polish, and more English ones. Words
    /// with other meanings must be the whole name.
    private static let words: [Rule] =
        rules(
            .word, .bend,
            """
            FOLD FOLDS FOLDLINE* CREASE* BIEG* ABKANT* KANTLINIE* KANTUNG* FALZ* FALTLINIE* PLI PLIS PLIAGE* PLIURE* PIEGA PIEGHE PIEGATUR*
            PLIEGUE* PLEGAD* DOBLEZ DOBLECES DOBLAD* DOBRA DOBRAS DOBRAGE* QUINAGE* VINCO VINCOS BUIG* ZETLIJN* KANTLIJN* PLOOI* VOUW*
            VOULYN* CORDONATUR* RILLIJN* GIĘC* GIEC* GIĘĆ* ZAGIĘC* ZAGIEC* BIGOWANI*
            """)
        + rules(
            .word, .engrave,
            """
            ETCH ETCHED ETCHING GRAVIER* GRAVAGE* GRABAD* INCISION* GRAVAÇ* GRAVAC* GRAVAR GRAVEER* GRAVER* GRAWER* RYTOWANI*
            """)
        + rules(
            .word, .mark,
            """
            MARKING MARKINGS MARKIER* ANREISS* ANRISS* KÖRN* KOERN* BESCHRIFT* MARQUAGE* MARCATUR* MARCADO MARCADOS MARCAÇ* MARCAC*
            MARKEER* MARKERING* MERKLYN* MERKING* TRACCIATUR* ZNAKOWANI* TRASOWANI* SCORE SCORES SCORING
            """) + rules(.layer, .mark, "MERK MERKE")
        + rules(
            .word, .centre,
            """
            CENTERLINE* CENTRELINE* MITTELLINIE* MITTELACHS* MITTELPUNKT* SYMMETRIELINIE* SYMMETRIEACHS* ACHSEN ACHSLINIE* MEZZERI* HARTLIJN*
            MIDDELLIJN* MIDDENLIJN* CENTERLIJN* ASLIJN* MIDDELLYN* HARTLYN* SENTERLYN* ASLYN* ŚRODKOW* SRODKOW* OSIE OSIOW* OŚ
            """)
        + rules(
            .layer, .centre,
            """
            ACHSE MITTE AXIS AXE AXES *TRAIT*AXE* *LIGNE*AXE* ASSE ASSI EJE EJES EIXO EIXOS *LINEA*CENTR* *LÍNEA*CENTR* *LINEE*CENTR*
            *LINHA*CENTR* *LIGNE*CENTR*
            """)
        + rules(
            .word, .ignore,
            """
            HIDDEN CONSTRUCTION DIMENSÃO DIMENSÕES DIMENSOES BEMASS* BEMATING* VERSTECKT* VERBORG* VERSTEEK* MASSLINIE* HILFS* KONSTRUKTION* VERDECKT* SCHRIFTFELD* COTATION* CACHÉ* QUOTATUR* COSTRUZION*
            NASCOST* TRATTEGG* ACOTA* CONSTRUCCI* AUXILIAR* OCULT* COTAGE* CONSTRUÇ* CONSTRUCAO* MAATLIJN* MAATVOERING* HULPLIJN*
            CONSTRUCTIE* AFMETING* HULPLYN* KONSTRUKSIE* MAATLYN* WYMIAR* KONSTRUKCYJN* KONSTRUKCJA* POMOCNICZ* UKRYT*
            """)
        + rules(.layer, .ignore, "COTE COTES *TRAIT*CACH* QUOTE QUOTA COTA COTAS MATEN")

    /// The line types of AutoCAD, ISO and JIS, and AutoCAD's names for them in other languages. Dashed lines are bend lines, as is usual in
    /// sheet metal work.
    private static let lineTypes: [Rule] =
        rules(
            .linetype, .centre,
            """
            CENTER* CENTRE* DASHDOT* *DASH*DOT* PHANTOM* DIVIDE* BORDER* CHAIN* ACAD_ISO04* ACAD_ISO05* ACAD_ISO06* ACAD_ISO08* ACAD_ISO09*
            ACAD_ISO1* JIS_08* JIS_09* MITTE* STRICHPUNKT* ACHSE* GETRENNT* AXES* AXE *TIRET*POINT* *TRAIT*POINT* ASSE* TRATTO*PUNTO*
            TRAZO*PUNTO* CENTRO* EJE* TRAÇO*PONTO* TRACO*PONTO* EIXO* HARTLIJN* STREEP*PUNT* STREEP*STIP* HARTLYN* OSIOW* KRESK*KROPK*
            """)
        + rules(
            .linetype, .ignore,
            """
            HIDDEN* DOT DOT2 DOTX2 DOTS* DOTTED* ACAD_ISO07* JIS_02* VERDECKT* PUNKT* CACHE* POINTILL* NASCOST* OCULT* PUNTO* VERBORGE*
            UKRYT* KROPK*
            """)
        + rules(
            .linetype, .bend,
            """
            DASH DASH2 DASHX2 DASHED* *_DASHED* LONG*DASH* SHORT*DASH* ACAD_ISO02* ACAD_ISO03* STRICHLINIE* GESTRICHELT* TIRET* INTERROMPU*
            TRATTEGG* TRAZOS* DISCONTINU* TRACEJAD* STREEPLIJN* STREEPLYN* STIPPEL* GESTREEPT* KRESKOW* PRZERYWAN*
            """)

    /// The standard rules, a paragraph per process: `bend: layer *BEND*, FOLD*; word BIEG*, PLI; linetype DASHED*`.
    package static var standardText: String {
        Process.allCases.compactMap { process -> String? in
            let parts = [Subject.layer, .word, .linetype].compactMap { subject -> String? in
                let patterns = standard.rules.filter { $0.process == process && $0.subject == subject }
                guard !patterns.isEmpty else { return nil }
                return "\(subject) " + patterns.map { String(decoding: $0.pattern, as: UTF8.self) }.joined(separator: ", ")
            }
            return parts.isEmpty ? nil : "\(process): " + parts.joined(separator: "; ")
        }.joined(separator: "\n\n")
    }

    /// The standard rules as text, in their order.
    package static var standardRules: [String] { standard.rules.map(\.text) }
}
