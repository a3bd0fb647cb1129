import { describe, expect, it } from 'vitest';
import type { CategoryRecord } from '../src/data/category-store.ts';
import { createCategoryTree } from '../src/data/category-tree.ts';

function record(categoryId: string, parentId: string | null, position = 0): CategoryRecord {
  return {
    categoryId,
    slug: categoryId,
    name: categoryId.toUpperCase(),
    description: null,
    parentId,
    position,
  };
}

const records = [
  record('a', null),
  record('b', null, 1),
  record('a1', 'a'),
  record('a2', 'a', 1),
  record('a1x', 'a1'),
];

describe('the category tree', () => {
  it('knows its tops, its children and its paths', () => {
    const tree = createCategoryTree(records);
    expect(tree.roots.map((root) => root.categoryId)).toEqual(['a', 'b']);
    expect(tree.childrenOf('a').map((child) => child.categoryId)).toEqual(['a1', 'a2']);
    expect(tree.childrenOf('b')).toEqual([]);
    expect(tree.pathOf(records[4]!).map((node) => node.categoryId)).toEqual(['a', 'a1', 'a1x']);
  });

  it('finds by id and by slug, and nothing by other names', () => {
    const tree = createCategoryTree(records);
    expect(tree.findById('a1')?.name).toBe('A1');
    expect(tree.findBySlug('a2')?.categoryId).toBe('a2');
    expect(tree.findById('none')).toBeNull();
    expect(tree.findBySlug('none')).toBeNull();
  });

  it('adds counts up to the top', () => {
    const sums = createCategoryTree(records).sumBelow(
      new Map([
        ['a1x', 2],
        ['a2', 3],
        ['a', 1],
      ]),
    );
    expect(Object.fromEntries(sums)).toEqual({ a: 6, a1: 2, a1x: 2, a2: 3, b: 0 });
  });

  it('ends also where a poisoned cache makes it a circle', () => {
    const circle = [record('x', 'y'), record('y', 'x')];
    const tree = createCategoryTree(circle);
    expect(tree.pathOf(circle[0]!).map((node) => node.categoryId)).toEqual(['y', 'x']);
    expect(tree.roots).toEqual([]);
  });
});
