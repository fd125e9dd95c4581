import { Command, CommanderError } from 'commander';
import { asStorageError } from '../database/disk/storage-fault.js';
import { exitCodeOf, sayError } from './errors.js';
import type { PlanOptions } from './plan.command.js';

// Keys, database, letters, backups and the files beside them must not be readable by other users of this machine.
process.umask(0o077);

// Each command is loaded on demand: `loa speak` must not wait for the web server's modules.
const program = new Command('loa')
  .description(
    'Loa: từ công văn đến loa phường và báo cáo (from the official letter to the loudspeaker and the report)',
  )
  .showHelpAfterError('Xem: loa --help')
  .exitOverride();

program
  .command('demo')
  .description('đi trọn một công văn đến báo cáo, trên các bộ phận thật (one letter all the way, on real parts)')
  .option('--directive <file>', 'công văn, tệp văn bản UTF-8 (the letter)')
  .option('--json', 'chỉ in một đối tượng JSON ra đầu ra chuẩn (one JSON object and nothing else)')
  .option('--remove', 'xóa toàn bộ dữ liệu chạy thử (clears the demo)')
  .action(async (options: { directive?: string; json?: boolean; remove?: boolean }) => {
    const { demoCommand, removeDemoCommand } = await import('./demo.command.js');
    await (options.remove ? removeDemoCommand() : demoCommand(options));
  });

program
  .command('serve')
  .description('chạy máy chủ: trang, API, /api/docs, /health (pages, API, health)')
  .option('--demo', 'mở dữ liệu chạy thử, có sẵn tài khoản cho sáu người (serves the demo, with six sign-ins)')
  .action(async (options: { demo?: boolean }) => {
    const { serveCommand } = await import('./serve.command.js');
    await serveCommand(options);
  });

program
  .command('migrate')
  .description('nâng cấp cơ sở dữ liệu cho bản Loa này, khi máy chủ đã dừng (bring the tables up to date)')
  .option('--without-copy', 'không chép lại dữ liệu trước khi nâng cấp')
  .action(async (options: { withoutCopy?: boolean }) => {
    const { migrateCommand } = await import('./migrate.command.js');
    await migrateCommand(options);
  });

program
  .command('intake')
  .argument('<file>', 'công văn, tệp văn bản UTF-8; "-" là đầu vào chuẩn')
  .description('đọc một công văn, không ghi gì (read a letter, keep nothing)')
  .option('--json', 'in JSON')
  .option('--partial', 'nhận cả văn bản thiếu phần đầu, như khi trích trên trang web')
  .action(async (file: string, options: { json?: boolean; partial?: boolean }) => {
    const { intakeCommand } = await import('./intake.command.js');
    await intakeCommand(file, options);
  });

program
  .command('speak')
  .description('mỗi dòng vào là một bài, mỗi dòng ra là bản đọc của nó (one text a line in, its reading a line out)')
  .action(async () => {
    const { speakCommand } = await import('./speak.command.js');
    await speakCommand();
  });

program
  .command('plan')
  .description('kế hoạch phát: đã xếp gì, thiếu gì, vì sao (what is planned, what is lacking, and why)')
  .option('--from <date>', 'ngày đầu, YYYY-MM-DD; mặc định là hôm nay')
  .option('--until <date>', 'ngày cuối, tính cả ngày đó; mặc định là sáu ngày sau ngày đầu')
  .option('--channel <code>', 'chỉ một kênh')
  .option('--campaign <id>', 'chỉ một đợt tuyên truyền')
  .option('--explain', 'từng lượt đứng đó vì sao, và làm gì thì hết thiếu')
  .option('--json', 'in JSON')
  .action(async (options: PlanOptions) => {
    const { planCommand } = await import('./plan.command.js');
    await planCommand(options);
  });

const admin = program.command('admin').description('quản trị (administrators)');
admin
  .command('create')
  .description('tạo quản trị viên; mật khẩu đọc từ bàn phím hoặc đầu vào chuẩn, không bao giờ từ dòng lệnh')
  .requiredOption('--username <name>', 'tên đăng nhập')
  .requiredOption('--name <name>', 'họ và tên')
  .action(async (options: { username: string; name: string }) => {
    const { adminCreateCommand } = await import('./admin.command.js');
    await adminCreateCommand(options);
  });
admin
  .command('code')
  .description(
    'cấp mã cài đặt dùng một lần, để một tài khoản cài mã xác thực trên điện thoại (lets an account enrol a phone)',
  )
  .requiredOption('--username <name>', 'tên đăng nhập')
  .action(async (options: { username: string }) => {
    const { adminCodeCommand } = await import('./admin.command.js');
    await adminCodeCommand(options);
  });
admin
  .command('confirm')
  .description('xác nhận, thay người thứ hai, những gì quản trị đã làm với một tài khoản (ends its waiting periods)')
  .requiredOption('--username <name>', 'tên đăng nhập')
  .action(async (options: { username: string }) => {
    const { adminConfirmCommand } = await import('./admin.command.js');
    await adminConfirmCommand(options);
  });

program
  .command('audit')
  .description('sổ nhật ký thao tác (the audit)')
  .command('verify')
  .description(
    'kiểm tra từng dòng, phê duyệt và lượt sắp phát; nêu chỗ bị sửa, xóa hoặc chèn (names what was tampered with)',
  )
  .option('--json', 'in JSON')
  .option(
    '--anchor <file...>',
    'danh sách phát (JSON) hoặc bản sao lưu từ trước: sổ phải còn dòng mà nó ghi lại (a playlist or backup of before)',
  )
  .action(async (options: { json?: boolean; anchor?: string[] }) => {
    const { auditVerifyCommand } = await import('./audit.command.js');
    await auditVerifyCommand(options);
  });

const renders = program
  .command('renders')
  .description(
    'các bản thu đang làm, đang chờ và hỏng: công đoạn, phần trăm, lý do (what is being made, and how far it is)',
  )
  .option('--json', 'in JSON')
  .action(async (options: { json?: boolean }) => {
    const { rendersCommand } = await import('./renders.command.js');
    await rendersCommand(options);
  });
renders
  .command('stop')
  .argument('<id>', 'mã bản thu, như "loa renders" in ra')
  .description('dừng làm một bản thu (stops one)')
  .option('--reason <text>', 'lý do, hiện cùng bản thu')
  .action(async (id: string, options: { reason?: string }) => {
    const { stopRenderCommand } = await import('./renders.command.js');
    await stopRenderCommand(id, options);
  });
renders
  .command('retry')
  .argument('<id>', 'mã bản thu')
  .description('làm lại một bản thu hỏng (puts a failed one in the line again)')
  .requiredOption('--reason <text>', 'lý do, ghi vào nhật ký')
  .action(async (id: string, options: { reason: string }) => {
    const { retryRenderCommand } = await import('./renders.command.js');
    await retryRenderCommand(id, options);
  });

program
  .command('backup')
  .argument('[folder]', 'thư mục mới để ghi bản sao lưu')
  .description('sao lưu bảng, bản thu và khóa vào một thư mục (tables, clips and keys into one folder)')
  .action(async (folder: string | undefined) => {
    const { backupCommand } = await import('./backup.command.js');
    await backupCommand(folder);
  });

program
  .command('restore')
  .argument('<folder>', 'thư mục sao lưu')
  .description('khôi phục vào cơ sở dữ liệu trống (into an empty database)')
  .action(async (folder: string) => {
    const { restoreCommand } = await import('./backup.command.js');
    await restoreCommand(folder);
  });

program
  .command('activate')
  .description(
    'cho bản khôi phục hoạt động, sau khi xem việc gì sẽ diễn ra (lets a restored copy act, after showing what will happen)',
  )
  .option('--yes', 'không hỏi lại, dùng trong kịch bản (ask nothing)')
  .option('--json', 'chỉ in, dạng JSON, không kích hoạt (show only)')
  .action(async (options: { yes?: boolean; json?: boolean }) => {
    const { activateCommand } = await import('./house.command.js');
    await activateCommand(options);
  });

program
  .command('address')
  .argument('[url]', 'địa chỉ mới; không có thì chỉ in địa chỉ đang dùng')
  .description('địa chỉ của hệ thống, mà trạm và trang tin được cho biết (the address of this house)')
  .action(async (url: string | undefined) => {
    const { addressCommand } = await import('./house.command.js');
    await addressCommand(url);
  });

program
  .command('keys')
  .description('khóa của hệ thống (the keys of this house)')
  .command('accept')
  .description(
    'nhận các khóa trong thư mục dữ liệu này là khóa của hệ thống, khi khóa cũ đã mất hẳn (when the old ones are lost)',
  )
  .action(async () => {
    const { acceptKeysCommand } = await import('./house.command.js');
    await acceptKeysCommand();
  });

program
  .command('doctor')
  .description('kiểm tra máy: chương trình nào được dùng, thiếu gì, cài thế nào (what is used, what is missing)')
  .option('--json', 'in JSON')
  .action(async (options: { json?: boolean }) => {
    const { doctorCommand } = await import('./doctor.command.js');
    await doctorCommand(options);
  });

try {
  await program.parseAsync();
} catch (thrown) {
  const error = asStorageError(thrown);
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    sayError(error);
    process.exitCode = exitCodeOf(error);
  }
}
