import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../database/database.js';
import { Account } from '../../people/accounts/account.entity.js';

/** Display names of accounts by id. */
@Injectable()
export class PeopleNames {
  constructor(private readonly database: Database) {}

  async of(ids: readonly (string | null)[]): Promise<(id: string | null) => string> {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    const accounts = wanted.length > 0 ? await this.database.read().findBy(Account, { id: In(wanted) }) : [];
    const names = new Map(accounts.map(({ id, displayName }) => [id, displayName]));
    return (id) => (id === null ? 'Hệ thống' : (names.get(id) ?? 'Tài khoản đã xóa'));
  }
}
