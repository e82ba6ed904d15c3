// The built page on the mock server, to try by hand: prints one link per kind of session.
import { startMock } from './mock-server.mjs';

const mock = await startMock();
mock.add('approve', { callback: `${mock.origin}/done`, redirect_after_seconds: 5, checkMs: 4000 });
mock.add('retry', { outcomes: [{ retry: ['MRZ_NOT_DETECTED'] }, 'Approved'], checkMs: 3000, environment: 'sandbox' });
mock.add('decline', { outcomes: [{ status: 'Declined', warnings: ['DOCUMENT_EXPIRED'] }], checkMs: 3000 });
mock.add('review', { outcomes: ['In Review'], checkMs: 3000 });
for (const token of mock.sessions.keys()) console.log(`${mock.origin}/session/${token}`);
