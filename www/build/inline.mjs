// Finds what a page with `script-src 'self'; style-src 'self'` may not hold.

/**
 * @param {string} html a whole document
 * @returns {string[]} one complaint for each inline script, style, style attribute, event handler or javascript:
 *   address, and for a missing or loosened policy
 */
export function inlineCode(html) {
  const text = html.replace(/<!--[\s\S]*?-->/g, "");
  const found = [];
  for (const [, attributes, body] of text.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (!/\bsrc\s*=/i.test(attributes) || body.trim() !== "") found.push(`inline script: ${body.trim().slice(0, 60)}`);
  }
  for (const [tag] of text.matchAll(/<style\b[^>]*>/gi)) found.push(`inline style: ${tag}`);
  for (const [tag] of text.matchAll(/<[a-z][^>]*\s(?:style|on[a-z]+)\s*=[^>]*>/gi)) found.push(`attribute: ${tag}`);
  for (const [tag] of text.matchAll(/<[^>]+(?:href|src)\s*=\s*["']?\s*javascript:[^>]*>/gi))
    found.push(`address: ${tag}`);

  const policy = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"/i.exec(text)?.[1];
  if (policy === undefined) found.push("no Content-Security-Policy");
  else {
    if (!/default-src 'none'/.test(policy)) found.push("the policy lacks default-src 'none'");
    for (const [loose] of policy.matchAll(/'unsafe-(?:inline|eval|hashes)'|https?:|\*/g))
      found.push(`the policy allows ${loose}`);
  }
  return found;
}
