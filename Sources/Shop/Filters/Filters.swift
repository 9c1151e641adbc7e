import Store
import Values

extension Noun {
    /// A filter of a list besides the fields.
    package struct Filter: Sendable {
        package var option: String
        package var help: String
        package var field: Field
        package var condition: @Sendable (Cell, Shop) throws -> SQL

        package init<Value: FieldValue>(
            _ option: String, _ type: Value.Type, _ help: String, _ condition: @escaping @Sendable (Cell, Shop) throws -> SQL
        ) {
            (self.option, self.help, self.condition) = (option, help, condition)
            field = Field("filter", type, option, help)
        }

        /// A filter by the code of another noun.
        /// - Parameter condition: receives the id.
        static func reference(
            _ noun: String, _ option: String, _ help: String, _ condition: @escaping @Sendable (Cell) -> SQL
        ) -> Filter {
            var filter = Filter(option, String.self, help) { cell, _ in condition(cell) }
            filter.field = Field(noun, to: noun, option, help)
            return filter
        }
    }

    /// What a list shows by default: records that still need work.
    package struct Live: Sendable {
        /// What is left out, for a sentence with "leaves out": `what is completed or cancelled`.
        package var over: String
        /// The filters that turn this off: `status`.
        package var filters: [String]
        /// Predefined filters that turn it off because they ask for what it leaves out.
        package var named: Set<String> = []
        package var walks: @Sendable (Shop) throws -> [Walk]

        package init(leavingOut over: String, unless filters: String..., condition: @escaping @Sendable (Shop) throws -> SQL) {
            (self.over, self.filters) = (over, filters)
            walks = { [Walk(try condition($0))] }
        }

        /// - Parameter walks: disjoint sets of rows.
        package init(leavingOut over: String, unless filters: String..., walks: [Walk]) {
            (self.over, self.filters) = (over, filters)
            self.walks = { _ in walks }
        }
    }

    /// Rows with an index of their own, ordered by code.
    package struct Walk: Sendable {
        package var condition: SQL
        /// The column of that index with the codes; nil if they come from the noun's own table.
        package var code: SQL?

        package init(_ condition: SQL, code: SQL? = nil) { (self.condition, self.code) = (condition, code) }
    }

    /// A predefined filter without a value: `@overdue`.
    package struct Named: Sendable {
        package var name: String
        /// `what was due before today`
        package var help: String
        /// Whether an option does the same: `--mine`.
        package var isOption: Bool
        package var condition: @Sendable (Shop) throws -> SQL

        package init(_ name: String, _ help: String, isOption: Bool = false, _ condition: @escaping @Sendable (Shop) throws -> SQL) {
            (self.name, self.help, self.isOption, self.condition) = (name, help, isOption, condition)
        }
    }

    /// The number of days ahead that `@expiring` covers.
    static let expiringDays = 10
}

extension Shop {
    /// The records that a query selects, in order.
    package func matches(of noun: Noun, _ query: Query) throws -> [RecordID] {
        let id = Field("id", Int.self, sql: "\(name: noun.name).id")
        return try data.all(try select(noun, [id, noun.codeField], query)) { RecordID(id: $0.int(0), code: $0.text(1)) }
    }
}
