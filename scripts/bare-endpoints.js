/**
 * Leaves of each endpoint (src/contract/api) what a page needs to call it. Schemas, words and examples are the server's,
 * and would bring a validator into the first load of the web app, a third more than all else. Vite's own server, for
 * development, keeps them: there replies are checked (src/web/api.ts).
 */
import ts from 'typescript';

const kept = new Set(['operationId', 'method', 'path', 'bodyBytes']);

/** The properties of the descriptions in a source that a page does without, as ranges of its text. */
function spare(source) {
  const ranges = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'endpoint') {
      for (const property of node.arguments[0].properties)
        if (property.name === undefined || !kept.has(property.name.getText()))
          ranges.push([property.getFullStart(), property.end]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return ranges;
}

export const bareEndpoints = () => ({
  name: 'bare-endpoints',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/contract\/api\/[\w-]+\.ts$/ },
    handler(code, id) {
      const ranges = spare(ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true));
      const bare = ranges.reduceRight(
        (text, [start, end]) => text.slice(0, start) + text.slice(end).replace(/^,/, ''),
        code,
      );
      return { code: bare, map: null };
    },
  },
});
