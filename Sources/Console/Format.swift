import Values

/// The formats an answer can have.
package enum Format: String, Choice {
    case table, csv, tsv, json, ndjson, markdown
}
