import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

const PLACE = '#/components/schemas/';

/** Turns zod schemas into those of the document: a named one stands in `components` and is referred to. */
export class JsonSchemas {
  readonly components = new Map<string, JsonSchema>();

  /** As it comes in (`input`), before defaults and transforms, or as it goes out. Throws when two schemas have one name. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override });
    for (const [id, definition] of Object.entries($defs as Record<string, JsonSchema>)) this.add(id, definition);
    const moved = moveReferences(root) as JsonSchema;
    return typeof moved['id'] === 'string' ? this.add(moved['id'], moved) : moved;
  }

  private add(id: string, { id: _, ...definition }: JsonSchema): JsonSchema {
    const moved = moveReferences(definition) as JsonSchema;
    const known = this.components.get(id);
    if (known && JSON.stringify(known) !== JSON.stringify(moved))
      throw new Error(`two schemas of the API are called ${id}`);
    this.components.set(id, moved);
    return { $ref: PLACE + id };
  }
}

/** A whole number has no bounds that its type does not have; what zod reads as true or false is a boolean to a caller. */
function override({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }): void {
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
  const { def } = zodSchema._zod;
  if (def.type === 'pipe' && def.out._zod.def.type === 'boolean') jsonSchema['type'] = 'boolean';
}

function moveReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveReferences);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => {
    return [key, key === '$ref' && typeof one === 'string' ? one.replace('#/$defs/', PLACE) : moveReferences(one)];
  });
  return Object.fromEntries(entries) as unknown;
}
