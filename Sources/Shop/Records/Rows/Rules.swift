import Store

/// The messages for the CHECKs and triggers of the schema, by their names.
package enum Rules {
    package static let all: [String: Rule] = [
        "client_name_needed": Rule("a client needs a name"),
        "material_density_range": Rule("a density lies between 0.1 and 25 g/cm3"),
        "material_kerf_range": Rule("a kerf lies between 0 and 5 mm"),
        "machine_power_range": Rule("a machine's power lies between 1 W and 1 MW"),
        "machine_rate_not_negative": Rule("a rate is not negative"),
        "price_amount_not_negative": Rule("a price is not negative"),
        "operation_one_place": Rule("an operation is done at a machine or outside, not both"),
        "preset_thickness_above_zero": Rule("a thickness is above 0"),
        "preset_cut_speed_above_zero": Rule("a cutting speed is above 0"),
        "part_number_above_zero": Rule("a number is above 0"),
        "part_quantity_above_zero": Rule("a quantity is above 0"),
        "part_thickness_above_zero": Rule("a thickness is above 0"),
        "part_component_quantity_above_zero": Rule("a quantity is above 0"),
        "delivery_line_quantity_above_zero": Rule("a quantity is above 0"),
        "project_thickness_above_zero": Rule("a thickness is above 0"),
        "project_quantity_above_zero": Rule("a quantity is above 0"),
        "project_sheets_not_negative": Rule("a number of sheets is not negative"),
        "project_fault_cost_not_negative": Rule("a cost is not negative"),
        "project_bends_not_negative": Rule("a number of bends is not negative"),
        "quote_version_total_sum": Rule("a total is the subtotal and its VAT"),
        "quote_line_quantity_above_zero": Rule("a quantity is above 0"),
        "quote_line_per_above_zero": Rule("a unit price is for at least one piece"),
        "quote_invoiced": Rule("a quote with an issued invoice cannot be changed"),
        "invoice_issued": Rule("an issued invoice cannot be changed"),
        "invoice_total_sum": Rule("a total is the subtotal and its VAT"),
        "invoice_line_quantity_above_zero": Rule("a quantity is above 0"),
        "invoice_line_per_above_zero": Rule("a unit price is for at least one piece"),
        "invoice_overpaid": Rule("more is paid than the invoice asks for"),
        "payment_amount_above_zero": Rule("a payment is above 0"),
        "allocation_amount_not_zero": Rule("an allocation is not 0"),
        "allocation_invoice_draft": Rule("only an issued invoice can be paid", hint: "laseros invoice issue CODE"),
    ]
}
