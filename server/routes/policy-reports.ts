import type { App } from '../plugins/app-type.ts';
import { REPORTS_PATH } from '../plugins/headers.ts';
import { FailureLimit } from '../plugins/limits.ts';
import type { Ports } from '../ports.ts';

/** Bytes of a report. A browser's own are one or two kilobytes. */
const REPORT_LIMIT = 16 * 1024;
/** A minute, from one address and from all. More than that says nothing new. */
const FROM_ONE = 20;
const FROM_ALL = 120;

/** What was stopped, in words that cannot hold anything of a person: see `readReport`. */
interface Stopped {
  readonly directive: string;
  readonly what: string;
}

const word = (value: unknown): string =>
  typeof value === 'string' && /^[a-z-]{1,40}$/.test(value) ? value : 'other';

/** Of a report only which rule was broken. Addresses and samples may quote a voter, and stay unread. */
function readReport(body: unknown): Stopped | null {
  if (typeof body !== 'string') return null;
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof said !== 'object' || said === null || !('csp-report' in said)) return null;
  const report: unknown = said['csp-report'];
  if (typeof report !== 'object' || report === null) return null;
  const fields = new Map<string, unknown>(Object.entries(report));
  const directive = fields.get('effective-directive') ?? fields.get('violated-directive');
  return { directive: word(directive), what: word(fields.get('blocked-uri')) };
}

/** What browsers tell of the content security policy: a line in the log, for the operator. */
export function policyReportRoutes(app: App, ports: Ports): void {
  const one = new FailureLimit(ports.clock, FROM_ONE);
  const all = new FailureLimit(ports.clock, FROM_ALL);
  app.addContentTypeParser(
    'application/csp-report',
    { parseAs: 'string', bodyLimit: REPORT_LIMIT },
    (_, body, done) => done(null, body),
  );

  app.post(
    REPORTS_PATH,
    { config: { ownBody: true }, bodyLimit: REPORT_LIMIT },
    (request, reply) => {
      one.check(request.ip);
      all.check('everybody');
      one.note(request.ip);
      all.note('everybody');
      const stopped = readReport(request.body);
      if (stopped !== null) request.log.warn(stopped, 'a browser stopped something on a page');
      return reply.status(204).send();
    },
  );
}
