import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { fieldName, type Fault } from "@/lib/faults";

/**
 * Puts what the gateway says about single fields beside them.
 *
 * @param has whether the form shows a field of this name (`subtitles.size`)
 * @returns whether something is left that no field shows, so that the form has to show the fault itself
 */
export function tellFields<Values extends FieldValues>(
  fault: Fault,
  setError: UseFormSetError<Values>,
  has: (name: string) => boolean,
): boolean {
  let first = true;
  let left = fault.fields.length === 0;
  for (const { pointer, message } of fault.fields) {
    const name = fieldName(pointer);
    if (!has(name)) {
      left = true;
      continue;
    }
    setError(name as Path<Values>, { type: fault.code, message }, { shouldFocus: first });
    first = false;
  }
  return left;
}
