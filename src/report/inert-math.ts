import { codeBlock } from './inert-markdown.ts';

/** A formula as GitHub draws it, or as its source when it contains more than mathematics. */
export function mathBlock(latex: string, chars: number): string {
  const formula = withoutDelimiters(latex.trim());
  const lines = formula
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // What is cut is no formula any more.
  const whole = lines.length <= 40 && lines.every((line) => line.length <= 1_000);
  if (whole && isMathematics(formula)) return codeBlock(lines, { language: 'math', chars: 1_000 });
  return codeBlock(latex.trim().split('\n').slice(0, 40), { language: 'latex', chars });
}

/** `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, and the environments that stand outside of formulas. */
function withoutDelimiters(latex: string): string {
  for (const delimited of DELIMITED) {
    const inside = delimited.exec(latex)?.[1];
    if (inside !== undefined) return inside.trim();
  }
  return latex;
}

const DELIMITED: readonly RegExp[] = [
  /^\$\$([^$]*)\$\$$/,
  /^\$([^$]*)\$$/,
  /^\\\(([^]*)\\\)$/,
  /^\\\[([^]*)\\\]$/,
  /^\\begin\{equation\*?\}([^]*)\\end\{equation\*?\}$/,
];

/**
 * True when every command is one of mathematics. Others define commands, link, load extensions, or run without end; a
 * comment or a dollar sign would leave the formula.
 */
function isMathematics(formula: string): boolean {
  if (formula === '' || /[$%#]|\^\^/.test(formula)) return false;
  const commands = formula.match(/\\(?:[a-zA-Z]+|[^])/g) ?? [];
  const environments = [...formula.matchAll(/\\(?:begin|end)\s*\{([^}]*)\}/g)].map(([, name]) => name ?? '');
  return (
    commands.every((command) => /^\\[^a-zA-Z]$/.test(command) || COMMANDS.has(command.slice(1))) &&
    environments.every((name) => ENVIRONMENTS.has(name))
  );
}

const ENVIRONMENTS = new Set(
  'matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array aligned align align* gathered cases split'.split(
    ' ',
  ),
);

const COMMANDS = new Set(
  `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
   sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
   frac dfrac tfrac cfrac binom sqrt sum prod int iint iiint oint lim limsup liminf sup inf max min arg argmax argmin
   sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln lg det dim ker gcd deg Pr mod bmod pmod
   operatorname left right middle big Big bigg Bigg bigl bigr Bigl Bigr langle rangle lfloor rfloor lceil rceil lvert
   rvert lVert rVert vert Vert mid parallel perp cdot cdots ldots dots vdots ddots times div pm mp ast star circ bullet
   oplus otimes odot cup cap setminus bigcup bigcap bigoplus bigotimes wedge vee land lor neg lnot forall exists nexists
   in notin ni subset subseteq supset supseteq emptyset varnothing leq le geq ge neq ne equiv approx sim simeq cong propto
   ll gg prec succ to rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow implies iff mapsto
   longrightarrow longleftarrow uparrow downarrow infty partial nabla hbar ell Re Im wp aleph prime dagger angle triangle
   hat widehat tilde widetilde bar overline underline vec dot ddot overbrace underbrace overset underset stackrel
   mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathtt boldsymbol text textbf textit textrm displaystyle textstyle
   scriptstyle limits nolimits quad qquad begin end hline not substack`
    .trim()
    .split(/\s+/),
);
