import { type ConstDirectiveNode, type FieldDefinitionNode, Kind, parse, type ValueNode } from 'graphql';

/** What one field costs, as the schema declares it. */
export type FieldPrice = {
  /** What the field's name returns. */
  type: string;
  isList: boolean;
  /** Of asking for the field at all, by `@cost`. */
  weight: number;
  /** Null where the field declares no size. */
  listSize: ListSize | null;
};

export type ListSize = {
  /** Arguments that say how many are wanted. */
  slicingArguments: readonly string[];
  /** Where none of them does. Null where the schema names none. */
  assumedSize: number | null;
  /** The lists of the returned type that are of this size; empty where the field is the list itself. */
  sizedFields: readonly string[];
};

/** By the names of type and field: `Query.products`. */
export type PriceList = {
  priceOf(type: string, field: string): FieldPrice | undefined;
  /** Whether it has fields of its own: what is only a value costs nothing. */
  isComposite(type: string): boolean;
  fields: ReadonlyMap<string, FieldPrice>;
};

/** Reads `@cost` and `@listSize` from a supergraph; composition has checked them.
 *  Source: https://ibm.github.io/graphql-specs/cost-spec.html */
export function readPriceList(supergraphSdl: string): PriceList {
  const fields = new Map<string, FieldPrice>();
  const composite = new Set<string>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    const isComposite =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) composite.add(definition.name.value);
    if (!isComposite) continue;
    composite.add(definition.name.value);
    for (const field of definition.fields ?? [])
      fields.set(`${definition.name.value}.${field.name.value}`, readPrice(field));
  }
  return {
    fields,
    priceOf: (type, field) => fields.get(`${type}.${field}`),
    isComposite: (type) => composite.has(type),
  };
}

function readPrice(field: FieldDefinitionNode): FieldPrice {
  let isList = false;
  let type = field.type;
  for (; type.kind !== Kind.NAMED_TYPE; type = type.type) isList ||= type.kind === Kind.LIST_TYPE;
  const directive = (name: string) => field.directives?.find((each) => each.name.value === name);
  const size = directive('listSize');
  return {
    type: type.name.value,
    isList,
    weight: integerOf(directive('cost'), 'weight') ?? 0,
    listSize: size
      ? {
          slicingArguments: stringsOf(size, 'slicingArguments'),
          assumedSize: integerOf(size, 'assumedSize'),
          sizedFields: stringsOf(size, 'sizedFields'),
        }
      : null,
  };
}

function argumentOf(directive: ConstDirectiveNode | undefined, name: string): ValueNode | undefined {
  return directive?.arguments?.find((argument) => argument.name.value === name)?.value;
}

function integerOf(directive: ConstDirectiveNode | undefined, name: string): number | null {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.INT ? Number(value.value) : null;
}

function stringsOf(directive: ConstDirectiveNode, name: string): string[] {
  const value = argumentOf(directive, name);
  const values = value?.kind === Kind.LIST ? value.values : [];
  return values.flatMap((each) => (each.kind === Kind.STRING ? [each.value] : []));
}
