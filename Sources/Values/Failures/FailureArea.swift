extension Failure {
    /// The subject of a failure. With the exit code it forms the id that scripts watch for; so a released raw value never changes, even if
    /// the code moves to another file.
    package enum Area: String, CaseIterable, Sendable {
        case access, act, age, alias, allocation, answer, archive, backup, batch, call, canvas, check
        case changePruning, changeset, checkpoint, child, client, codes, columnMap
        case comparisonSize, config, constraint, contact, contactSheet, copy, cuttingRate, database, dataFile, delivery, demo, documentPaper
        case drawingFiles, drawingReader, dxfConvert, dxfDiff, dxfPreview, dxfShow, dxfTime, editedCommand, editing, editor, enquiryRows,
            entries
        case expansion, faultFile, file, fileExtraction, fileIntake, files, fileStore, filter, founding, historyCommands, importCodes
        case importColumns, importFolder, importVerb, inputFile, interrupt, invoice, invoicing, journal, lbrn, lbrnDrawing, listing,
            listings, log
        case inv, label, lot, machine, main, material, measuredDrawing, move, movement, numbering, operation
        case outcome, ownSchema, part, passphrase, payment, preset, price, pricing, product, program, project, purchase,
            remnant, reservation
        case quote, quoteCommands, quoting, reading, recordReader, records, reference, relation, row, schema, search, setting, settings,
            stocktake, supplier
        case setupCommands, shellLine, shop, shopAlias, textInput, totals, transaction, trustedShop, typeface, unitPrice, upgradeRecord
        case verbs, zone
        case queue, run, `operator`
        case clientCode = "client-code"
        case deliveryLine = "delivery-line"
        case filterQuery = "narrowing"
        case importing = "import"
        case initialize = "init"
        case invoiceLine = "invoice-line"
        case partComponent = "part-component"
        case partOperation = "part-operation"
        case preferences = "habits"
        case productOperation = "product-operation"
        case productPrice = "product-price"
        case purchaseLine = "purchase-line"
        case purchaseReceipt = "purchase-receipt"
        case machineException = "machine-exception"
        case planSlot = "plan-slot"
        case queuePart = "queue-part"
        case quoteLine = "quote-line"
        case quoteTerm = "quote-term"
        case quoteVersion = "quote-version"
        case runRow = "run-row"
        case selection = "picking"
        case supplierArticle = "supplier-article"

        /// - Parameter table: a table of the database; nil is returned for one without an area of its own.
        package init?(table: some StringProtocol) {
            guard let area = Area.byTable[String(table)] else { return nil }
            self = area
        }

        private static let byTable = Dictionary(
            uniqueKeysWithValues: allCases.map { (String($0.rawValue.map { $0 == "-" ? "_" : $0 }), $0) })

        /// The area in an id: `QUOTE-LINE`.
        var word: String { String(decoding: rawValue.utf8.map { (97...122).contains($0) ? $0 - 32 : $0 }, as: UTF8.self) }
    }
}
