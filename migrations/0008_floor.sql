-- What the shop floor works with: presets of all machines.

-- Power in per cent is what a machine's panel and LightBurn say; it is a fact of its own beside the watts. `source` is the file that a preset
-- came from, `created_by` who added it.
ALTER TABLE preset ADD COLUMN power_millipercent INTEGER CONSTRAINT preset_power_range CHECK (power_millipercent BETWEEN 0 AND 100000);
ALTER TABLE preset ADD COLUMN pierce_power_millipercent INTEGER
    CONSTRAINT preset_pierce_power_range CHECK (pierce_power_millipercent BETWEEN 0 AND 100000);
ALTER TABLE preset ADD COLUMN passes INTEGER CONSTRAINT preset_passes_above_zero CHECK (passes > 0);
ALTER TABLE preset ADD COLUMN source TEXT;
ALTER TABLE preset ADD COLUMN created_by TEXT;
