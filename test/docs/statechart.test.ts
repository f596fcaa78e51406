import { describe, expect, test } from 'vitest';
import { setup, type AnyStateMachine } from 'xstate';
import { chartOf, labelOf } from '../../src/docs/chart.ts';
import { clauseName, clauseUrl } from '../../src/docs/clauseLink.ts';
import { roleCharts } from '../../src/docs/roleCharts.ts';
import { layOut, type Area, type Point } from '../../src/docs/statechart.ts';
import { statechartSvg } from '../../src/docs/statechartSvg.ts';

/** Whether two rectangles have more than a border in common. */
function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The straight parts of a route, each as a rectangle without thickness, and so never overlapping what it only touches. */
function partsOf(points: readonly Point[]): readonly Area[] {
  return points.slice(1).map((to, index) => {
    const from = points[index]!;
    return {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(from.x - to.x),
      height: Math.abs(from.y - to.y),
    };
  });
}

/** Whether a point lies on the border of a rectangle, as near as coordinates are rounded. */
function onBorder({ x, y }: Point, area: Area): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 0.2;
  const inside =
    x > area.x - 0.2 && x < area.x + area.width + 0.2 && y > area.y - 0.2 && y < area.y + area.height + 0.2;
  const sides = [near(x, area.x), near(x, area.x + area.width), near(y, area.y), near(y, area.y + area.height)];
  return inside && sides.some(Boolean);
}

/** Names of the elements of an XML document, in order; throws if one is not closed, or closed by another. */
function elementsOf(xml: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  let at = 0;
  for (const tag of xml.matchAll(/<(\/?)([a-z]+)((?:\s[a-zA-Z-]+(?::[a-z]+)?="[^"<]*")*)\s*(\/?)>/g)) {
    const [whole, closing, name, , empty] = tag;
    const text = xml.slice(at, tag.index);
    if (/[<>]|&(?!#\d+;)/.test(text)) throw new SyntaxError(`not text: ${text}`);
    at = tag.index + whole.length;
    if (closing) {
      if (open.pop() !== name) throw new SyntaxError(`</${name}> closes another element`);
    } else {
      names.push(name!);
      if (!empty) open.push(name!);
    }
  }
  if (open.length > 0 || xml.slice(at).trim() !== '') throw new SyntaxError(`not closed: ${open.join(' ')}`);
  return names;
}

const roles = roleCharts().map((role) => [role.machine.id, role] as const);

describe.each(roles)('the statechart of the %s', (_, role) => {
  const { machine } = role;

  test('no boxes or labels overlap, and no line runs through a box or the label of another', async () => {
    const { boxes, routes, start } = await layOut(chartOf(machine));
    const placed = [
      ...boxes.map((box) => ({ name: box.state.name, area: box })),
      ...routes.map((route, index) => ({ name: `label ${index} ${labelOf(route.transition)}`, area: route.label })),
      { name: 'start', area: start.dot },
    ];
    const clashes = placed.flatMap((one, index) =>
      placed.slice(index + 1).flatMap((other) => (overlap(one.area, other.area) ? [[one.name, other.name]] : [])),
    );
    expect(clashes).toEqual([]);
    const crossed = routes.flatMap((route, index) => {
      const own = `label ${index} ${labelOf(route.transition)}`;
      return partsOf(route.points).flatMap((part) =>
        placed.flatMap(({ name, area }) => (name !== own && overlap(part, area) ? [[own, name]] : [])),
      );
    });
    expect(crossed).toEqual([]);
  });

  test('every line runs level or straight, from the border of its state to that of the next, through its own label', async () => {
    const { boxes, routes, chart } = await layOut(chartOf(machine));
    const box = new Map(boxes.map((one) => [one.state.name, one]));
    expect(routes).toHaveLength(chart.transitions.filter((transition) => transition.to !== undefined).length);
    for (const { transition, points, label } of routes) {
      const name = `${transition.from} ${labelOf(transition)}`;
      expect([name, onBorder(points[0]!, box.get(transition.from)!)]).toEqual([name, true]);
      expect([name, onBorder(points.at(-1)!, box.get(transition.to!)!)]).toEqual([name, true]);
      // Half a pixel askew cannot be seen: the rounding of coordinates.
      const askew = partsOf(points).filter((part) => Math.min(part.width, part.height) > 0.5);
      expect([name, askew]).toEqual([name, []]);
      expect([name, partsOf(points).some((part) => overlap(part, label))]).toEqual([name, true]);
    }
  });

  test('nothing lies outside the picture', async () => {
    const layout = await layOut(chartOf(machine));
    const areas = [...layout.boxes, ...layout.routes.map((route) => route.label), layout.start.dot];
    const points = [...layout.routes.flatMap((route) => route.points), ...layout.start.points];
    for (const { x, y, width, height } of [...areas, ...points.map((point) => ({ ...point, width: 0, height: 0 }))]) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
    const svg = await statechartSvg(machine, role);
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number);
    const [, left, top] = /translate\((\d+) (\d+)\)/.exec(svg)!.map(Number);
    expect(left! + layout.width).toBeLessThanOrEqual(width!);
    expect(top! + layout.height).toBeLessThanOrEqual(height!);
  });

  test('the picture is well-formed, names itself, needs nothing from outside, and is the same each time', async () => {
    const svg = await statechartSvg(machine, role);
    const elements = elementsOf(svg);
    expect(elements.slice(0, 3)).toEqual(['svg', 'title', 'desc']);
    expect(svg).toContain(`>${role.title}: statechart</title>`);
    expect(svg).not.toMatch(/<script|<image|<foreignObject|@import|url\((?!#)|\bsrc=|NaN|undefined/);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(await statechartSvg(machine, role)).toBe(svg);
  });

  test('every state, entry step, event, guard, action and clause of the machine is written in the picture', async () => {
    const chart = chartOf(machine);
    const svg = await statechartSvg(machine, role);
    const states = Object.keys(machine.root.states);
    expect(states.length).toBeGreaterThan(2);
    for (const state of states) expect(svg).toContain(`>${state}</text>`);
    for (const entry of chart.states.flatMap((state) => state.entry)) expect(svg).toContain(`>entry / ${entry}</text>`);
    const written = [...svg.matchAll(/<text class="code[^>]*>(.*?)<\/text>/g)].map(([, text]) =>
      text!.replace(/<[^>]*>/g, ''),
    );
    for (const transition of chart.transitions) {
      const { event, guard, actions, clause } = transition;
      for (const word of [...(event ? [event] : []), ...(guard ? [`[${guard}]`] : []), ...actions])
        expect(written.some((text) => text.includes(word))).toBe(true);
      if (clause === undefined) continue;
      expect(svg).toMatch(
        new RegExp(`<a href="${clauseUrl(clause)}"[^>]*><text[^>]*>${clauseName(clause)}</text></a>`),
      );
    }
    for (const event of machine.events.filter((event) => event !== '*'))
      expect(written.some((text) => text.startsWith(event as string))).toBe(true);
    expect(svg).toContain('is reported as illegalEvent.');
    const links = [...svg.matchAll(/<a href=/g)];
    expect(links).toHaveLength(chart.transitions.filter((transition) => transition.clause !== undefined).length);
  });
});

describe('what a chart cannot show', () => {
  const machineOf = (config: object): AnyStateMachine =>
    setup({}).createMachine({ id: 'm', initial: 'a', ...config } as never) as unknown as AnyStateMachine;

  test.each([
    ['inner states', { initial: 'x', states: { x: {} } }],
    ['delays', { after: { 100: 'b' } }],
    ['exit actions', { exit: 'leave' }],
    ['events beside eventless transitions', { on: { GO: 'b' }, always: [{ target: 'b' }] }],
    ['a guard without a name', { on: { GO: { target: 'b', guard: { kind: 'nameless' } } } }],
  ])('is refused, not left out: %s', (_, config) => {
    expect(() => chartOf(machineOf({ states: { a: config, b: {} } }))).toThrow(RangeError);
  });

  test('an event that is handled outside all states is refused', () => {
    expect(() => chartOf(machineOf({ on: { GO: '.a' }, states: { a: {} } }))).toThrow(
      'machine m handles GO outside its states',
    );
  });
});

describe('links to clauses', () => {
  test('of sections, appendices and statements', () => {
    expect(clauseUrl('rfc6043:4.2.1.6')).toBe('https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.6');
    expect(clauseUrl('rfc6043:4.2.1.6-3')).toBe('https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.6');
    expect(clauseUrl('rfc6043:A.1')).toBe('https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.1');
    expect(clauseName('rfc3830:5.4-4')).toBe('RFC 3830, 5.4');
  });

  test.each(['', '6043:4', 'rfc6043', 'rfc6043:', 'rfc6043:4.', 'W5', 'rfc6043:4"><script>'])('not of %j', (text) => {
    expect(() => clauseUrl(text)).toThrow(RangeError);
    expect(() => clauseName(text)).toThrow(RangeError);
  });
});
